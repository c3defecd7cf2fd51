import { BACKSLASH, LETTER_N, LETTER_R, NEWLINE, RETURN } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';

const MAX_ESCAPES = 8;

/** The last character of the line end at `from`, which may be written out in a string, or in a string of a string. */
export function newlineAt(reader: Reader, from: number): number | undefined {
  const code = reader.at(from);
  if (code === NEWLINE) return from;
  if (code === RETURN) return reader.at(from + 1) === NEWLINE ? from + 1 : from;
  let index = from;
  while (index - from < MAX_ESCAPES && reader.at(index) === BACKSLASH) index += 1;
  const letter = reader.at(index);
  return index > from && (letter === LETTER_N || letter === LETTER_R) ? index : undefined;
}
