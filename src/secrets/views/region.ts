import { isIn, LINE_ENDS, WHITESPACE } from '../scan/alphabets.ts';
import type { Reader } from '../scan/reader.ts';
import { lastWhitespace } from '../scan/text-boundaries.ts';

/** The last letters of names that lead to secrets: `password`, `passwd`, `token`, `key`, `secret`, `auth`, `pass`. */
const ENDINGS = ['rd', 'wd', 'en', 'ey', 'et', 'th', 'ss'];

/** Marks that only count behind such a name: alone they would stand everywhere. */
export function afterNames(mark: string): string[] {
  return ENDINGS.map((ending) => ending + mark);
}

const MAX_LEFT = 4096;

/** Where the word around `index` begins: behind whitespace, at `floor` at the earliest. */
export function tokenStartBefore(reader: Reader, index: number, floor: number): number {
  let start = index;
  while (start > floor && index - start < MAX_LEFT) {
    const previous = reader.before(start);
    if (previous === -1 || isIn(WHITESPACE, previous)) break;
    start -= 1;
  }
  return start;
}

const MAX_WORDS = 96;

/** Where the words begin that lead to `index` on its line: those before it as far as they may name it. */
export function wordsBefore(reader: Reader, index: number, floor: number): number {
  const start = tokenStartBefore(reader, index, floor);
  let first = start;
  for (let at = start; start - at < MAX_WORDS; at -= 1) {
    const previous = reader.before(at);
    if (at <= floor || previous === -1 || isIn(LINE_ENDS, previous)) return at;
    if (isIn(WHITESPACE, previous)) first = at;
  }
  return first;
}

/** Where the line ends, or the last word of it that ends within `limit` characters. */
export function lineEndAfter(reader: Reader, from: number, limit: number): number {
  const last = Math.max(from, Math.min(from + limit, reader.ceiling));
  const end = reader.find(LINE_ENDS, from, last);
  if (end < last || last === reader.ceiling) return end;
  const blank = lastWhitespace(reader.text, from, end);
  return blank < 0 ? end : blank;
}
