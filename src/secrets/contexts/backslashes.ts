import { BACKSLASH } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';

/** So deep no string is written in another one. */
const MAX_BACKSLASHES = 8;

/** Past the backslashes at `from`: what follows them is escaped, in a string, or in a string of a string. */
export function skipBackslashes(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_BACKSLASHES && reader.at(index) === BACKSLASH) index += 1;
  return index;
}
