import { isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLError, type YAMLMap } from 'yaml';
import type { Problem } from './template.ts';

/** What stands above the text of a template. */
export interface FrontMatter {
  readonly entries: ReadonlyMap<string, Entry>;
  /** What is below it. */
  readonly text: string;
  /** The line of the file that the text begins in. */
  readonly textLine: number;
  readonly problems: readonly Problem[];
}

/** A value and where it stands. */
export interface Entry {
  readonly value: unknown;
  readonly line: number;
  /** Of an object, where each of its own entries stands. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Takes a file apart into its front matter, YAML between two lines of `---` at its beginning, and its text. */
export function readFrontMatter(file: string): FrontMatter {
  const lines = file.split('\n');
  if (!isFence(lines[0])) return { entries: new Map(), text: file, textLine: 1, problems: [] };
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end === -1)
    return {
      entries: new Map(),
      text: '',
      textLine: 1,
      problems: [{ line: 1, message: 'no line of --- ends the front matter' }],
    };
  return { ...parse(lines.slice(1, end).join('\n')), text: lines.slice(end + 1).join('\n'), textLine: end + 2 };
}

function isFence(line: string | undefined): boolean {
  return line?.trimEnd() === '---';
}

/** No front matter is as long, and a parser takes its time. */
const LONGEST = 64 * 1024;

/** A line of YAML stands below the one that begins the front matter. */
const ABOVE = 1;

function parse(yaml: string): Pick<FrontMatter, 'entries' | 'problems'> {
  if (yaml.length > LONGEST) return flaw(1, `the front matter has more than ${LONGEST} characters`);
  try {
    return parseMap(yaml);
  } catch {
    // An alias of nothing, or of too much; lists in lists without end.
    return flaw(1 + ABOVE, 'the front matter cannot be read');
  }
}

function parseMap(yaml: string): Pick<FrontMatter, 'entries' | 'problems'> {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, logLevel: 'silent', prettyErrors: false });
  const lineAt = (offset = 0): number => counter.linePos(offset).line + ABOVE;
  if (document.errors.length > 0) {
    // One is enough to know what a line suffers from.
    const byLine = new Map(document.errors.toReversed().map((error) => [lineAt(error.pos[0]), describe(error)]));
    return { entries: new Map(), problems: [...byLine].map(([line, message]) => ({ line, message })) };
  }
  const { contents } = document;
  if (contents === null) return { entries: new Map(), problems: [] };
  if (!isMap(contents)) return flaw(1 + ABOVE, 'the front matter is no object of options');
  const pairs = (map: YAMLMap) =>
    map.items.map(({ key, value }) => ({
      // A key that is no text cannot be a name.
      name: isScalar(key) ? String(key.value) : '…',
      line: lineAt(isNode(key) ? key.range?.[0] : undefined),
      value,
    }));
  const entries = pairs(contents).map(({ name, line, value }): [string, Entry] => [
    name,
    {
      value: isNode(value) ? value.toJS(document) : value,
      line,
      lines: new Map(isMap(value) ? pairs(value).map((inner) => [inner.name, inner.line]) : []),
    },
  ]);
  // Throws where one of them is in itself, by an alias.
  JSON.stringify(entries.map(([, { value }]) => value));
  return { entries: new Map(entries), problems: [] };
}

function flaw(line: number, message: string): Pick<FrontMatter, 'entries' | 'problems'> {
  return { entries: new Map(), problems: [{ line, message }] };
}

/** What is wrong, in words that quote nothing: what a link leads to may be anybody's secret. */
function describe({ code }: YAMLError): string {
  return `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}
