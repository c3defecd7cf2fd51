import type { Released } from '../secrets/carry.ts';

/** Where a secret stood, and what stands there now. Nothing in it tells about the secret itself. */
export interface Located {
  /** The input that it began in; null for stdin. */
  readonly file: string | null;
  /** Counted from 1; `\n` ends a line. */
  readonly line: number;
  /** Counted from 1, in characters; a byte that is no UTF-8 is one. */
  readonly column: number;
  readonly kind: string;
  readonly placeholder: string;
}

/** Follows released text through the inputs it came from. */
export interface Locator {
  /** Told, before any of its text is released, of an input that begins after `at` UTF-16 units of all text. */
  begin(file: string | null, at: number): void;
  /** Takes the next released text, and places what was found in it. */
  advance(released: Released): Located[];
}

/** Starts a {@link Locator}. */
export function createLocator(): Locator {
  const waiting: { readonly file: string | null; readonly at: number }[] = [];
  let file: string | null = null;
  let passed = 0;
  let line = 1;
  let column = 1;

  function step(text: string, from: number, to: number): void {
    let start = from;
    for (let end = text.indexOf('\n', from); end !== -1 && end < to; end = text.indexOf('\n', start)) {
      line += 1;
      column = 1;
      start = end + 1;
    }
    for (let index = start; index < to; index += 1) if (!isSecondHalf(text, index)) column += 1;
  }

  /** Goes to `to`, over the beginnings of inputs on the way. */
  function go(text: string, from: number, to: number, base: number): void {
    let at = from;
    for (let next = waiting[0]; next !== undefined && next.at <= base + to; next = waiting[0]) {
      waiting.shift();
      at = Math.max(at, next.at - base);
      file = next.file;
      line = 1;
      column = 1;
    }
    step(text, at, to);
  }

  return {
    begin: (name, at) => void waiting.push({ file: name, at }),
    advance({ source, findings, missing }) {
      let at = 0;
      let lines = missing.lines;
      const located = findings.map(({ kind, start, placeholder }) => {
        go(source, at, start, passed);
        at = start;
        const place = { file, line, column, kind, placeholder };
        // What is held back that long is a private key, and the first to be found.
        line += lines;
        lines = 0;
        return place;
      });
      go(source, at, source.length, passed);
      line += lines;
      passed += source.length + missing.units;
      return located;
    },
  };
}

/** Whether the unit is the second of a surrogate pair. */
function isSecondHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0xdc00 || unit > 0xdfff || index === 0) return false;
  const before = text.charCodeAt(index - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
