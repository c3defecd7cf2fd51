import { skipBackslashes } from './backslashes.ts';
import { LETTER_N, LETTER_R, NEWLINE, RETURN } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';

/** The last character of the line end at `from`, which may be written out in a string, or in a string of a string. */
export function newlineAt(reader: Reader, from: number): number | undefined {
  const code = reader.at(from);
  if (code === NEWLINE) return from;
  if (code === RETURN) return reader.at(from + 1) === NEWLINE ? from + 1 : from;
  const index = skipBackslashes(reader, from);
  const letter = reader.at(index);
  return index > from && (letter === LETTER_N || letter === LETTER_R) ? index : undefined;
}
