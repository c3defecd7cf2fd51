import { skipBackslashes } from './backslashes.ts';
import { isIn, QUOTES, WHITESPACE } from '../scan/alphabets.ts';
import { codesOf, BACKSLASH, BACKTICK, NEWLINE, RETURN } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';

/** The letters of escapes that stand for whitespace. */
export const WHITE_ESCAPES = codesOf('nrt');

/** A value as it is written: what stands in quotes, or a word. */
export interface Literal {
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
  /** Where to read on: past the closing quote. */
  readonly next: number;
}

/** How far a literal is read. Longer ones are cut there, and what was read of them counts. */
const MAX_LITERAL = 512;

/**
 * What stands in quotes at `from`, blanks included, to the quote escaped as the opening one is, to the end of the
 * line or of the text; undefined when no quote stands there.
 */
export function quotedAt(reader: Reader, from: number, limit = MAX_LITERAL): Literal | undefined {
  const escapes = skipBackslashes(reader, from) - from;
  const quote = reader.at(from + escapes);
  if (!isIn(QUOTES, quote) || quote === BACKTICK) return undefined;
  const start = from + escapes + 1;
  let backslashes = 0;
  for (let index = start; index - start < limit; index += 1) {
    const code = reader.at(index);
    if (code === BACKSLASH) {
      backslashes += 1;
      continue;
    }
    if (code === -1 || code === NEWLINE || code === RETURN) return { quoted: true, start, end: index, next: index };
    if (code === quote && (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes)) {
      return { quoted: true, start, end: index - Math.min(backslashes, escapes), next: index + 1 };
    }
    backslashes = 0;
  }
  return { quoted: true, start, end: start + limit, next: start + limit };
}

/** The word at `from`: up to whitespace, written out or escaped, to a quote, or to one of `stops`. */
export function wordAt(reader: Reader, from: number, stops = 0, limit = MAX_LITERAL): Literal {
  let end = from;
  for (; end - from < limit; end += 1) {
    const code = reader.at(end);
    if (code === -1 || isIn(WHITESPACE | QUOTES | stops, code)) break;
    if (code === BACKSLASH && (endsWord(reader, end + 1) || isIn(stops, reader.at(end + 1)))) break;
  }
  return { quoted: false, start: from, end, next: end };
}

/** What stands at `from`, in quotes or as a word. */
export function literalAt(reader: Reader, from: number, stops = 0, limit = MAX_LITERAL): Literal {
  return quotedAt(reader, from, limit) ?? wordAt(reader, from, stops, limit);
}

/** Whether what follows a backslash makes it the end of a word: whitespace written as an escape, or a quote. */
function endsWord(reader: Reader, from: number): boolean {
  const escaped = reader.at(skipBackslashes(reader, from));
  return WHITE_ESCAPES.has(escaped) || isIn(QUOTES, escaped);
}

/** The text of a literal. */
export function textOf(reader: Reader, literal: { readonly start: number; readonly end: number }): string {
  return reader.text.slice(literal.start, literal.end);
}
