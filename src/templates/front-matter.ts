import { isMap, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
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

/** A line of YAML stands below the one that begins the front matter. */
const ABOVE = 1;

function parse(yaml: string): Pick<FrontMatter, 'entries' | 'problems'> {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, logLevel: 'silent', prettyErrors: false });
  const lineAt = (offset = 0): number => counter.linePos(offset).line + ABOVE;
  const flaw = (line: number, message: string) => ({
    entries: new Map<string, Entry>(),
    problems: [{ line, message }],
  });
  if (document.errors.length > 0)
    return {
      entries: new Map(),
      problems: document.errors.map((error) => ({ line: lineAt(error.pos[0]), message: describe(error) })),
    };
  const { contents } = document;
  if (contents === null) return { entries: new Map(), problems: [] };
  if (!isMap(contents)) return flaw(1 + ABOVE, 'the front matter is no object of options');
  const entries = new Map<string, Entry>();
  const linesOf = (map: unknown): ReadonlyMap<string, number> =>
    new Map(
      isMap(map)
        ? map.items.flatMap(({ key }) => (isScalar(key) ? [[String(key.value), lineAt(key.range?.[0])] as const] : []))
        : [],
    );
  const lines = linesOf(contents);
  for (const [name, line] of lines) {
    try {
      const node: unknown = contents.get(name, true);
      const value: unknown = contents.get(name);
      entries.set(name, { value: isNode(value) ? value.toJS(document) : value, line, lines: linesOf(node) });
    } catch {
      // An alias of nothing, or of too much.
      return flaw(line, `${name}: its value cannot be read`);
    }
  }
  return { entries, problems: [] };
}

function isNode(value: unknown): value is { toJS(document: unknown): unknown } {
  return typeof value === 'object' && value !== null && 'toJS' in value;
}

/** What is wrong, in words that quote nothing: what a link leads to may be anybody's secret. */
function describe({ code }: YAMLError): string {
  return `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}
