import { isIn, QUOTES, WHITESPACE } from '../scan/alphabets.ts';
import { BACKSLASH, LETTER_N } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';

const NONE: ReadonlySet<number> = new Set();

/** Whether whitespace stands there, as it is or written as an escape: a backslash, and an `n` behind one. */
function isSpace(reader: Reader, index: number): boolean {
  const code = reader.at(index);
  return isIn(WHITESPACE, code) || code === BACKSLASH || (code === LETTER_N && reader.at(index - 1) === BACKSLASH);
}

/** Past whitespace, real and written, of at most `most` characters. */
export function skipSpace(reader: Reader, from: number, most: number): number {
  let index = from;
  while (index - from < most && isSpace(reader, index)) index += 1;
  return index;
}

/** Past what stands between the names and values of a list: whitespace and quotes, real and written, and `signs`. */
export function skipGlue(reader: Reader, from: number, most: number, signs = NONE): number {
  let index = from;
  while (index - from < most) {
    const code = reader.at(index);
    if (!isIn(QUOTES, code) && !signs.has(code) && !isSpace(reader, index)) break;
    index += 1;
  }
  return index;
}

/** The same with `sign` in it, once; undefined when it is not there. */
export function skipSign(reader: Reader, from: number, most: number, sign: number, signs = NONE): number | undefined {
  const at = skipGlue(reader, from, most, signs);
  return reader.at(at) === sign ? skipGlue(reader, at + 1, Math.max(0, from + most - at), signs) : undefined;
}
