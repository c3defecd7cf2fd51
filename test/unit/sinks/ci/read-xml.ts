/** An element of a document of XML; its children are elements and texts. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

/** What XML 1.0 takes for a character. */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const ATTRIBUTE = String.raw`\s+([A-Za-z][\w-]*)="([^"<]*)"`;
const TAG = new RegExp(`<([A-Za-z][\\w-]*)((?:${ATTRIBUTE})*)\\s*>|</([A-Za-z][\\w-]*)>|([^<]+)`, 'gy');

/** Reads the part of XML that reports are written in, strictly. @throws where it is not well-formed */
export function readXml(text: string): Element | undefined {
  if (NO_CHARACTER.test(text)) throw new Error('a character that XML does not know');
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const body = text.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  let end = 0;
  for (const match of body.matchAll(TAG)) {
    const [whole, name, attributes = '', , , closed, content = ''] = match;
    if (match.index !== end) break;
    end += whole.length;
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('something behind the end');
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes something else`);
    } else if (name === undefined) {
      if (content.trim() !== '') parent.children.push(resolved(content));
    } else {
      const pairs = [...attributes.matchAll(new RegExp(ATTRIBUTE, 'g'))].map(
        ([, key = '', value = '']) => [key, resolved(value)] as const,
      );
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error('an attribute twice');
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [] };
      parent.children.push(element);
      open.push(element);
    }
  }
  if (end !== body.length || open.length !== 1) throw new Error(`not well-formed at ${body.slice(end, end + 40)}`);
  return root.children.find((child) => typeof child !== 'string');
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#10', '\n'],
  ['#9', '\t'],
]);

function resolved(text: string): string {
  return text.replaceAll(/&(?:([#\w]+);)?/g, (_, name: string | undefined) => {
    const character = ENTITIES.get(name ?? '');
    if (character === undefined) throw new Error(`&${name}; is no entity`);
    return character;
  });
}
