import { ANY_HEX, isIn, QUOTES, WHITESPACE } from '../scan/alphabets.ts';
import { AMPERSAND, APOSTROPHE, EQUALS, GREATER, LESS, PERCENT } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';
import { View } from '../scan/view.ts';
import { afterNames, tokenStartBefore } from './region.ts';
import type { Wrapping } from './views.ts';

const LONGEST = 16 * 1024;

/** Forms and queries whose names, signs and values are written with percents: `password%3Dvalue`, `%22token%22%3A`. */
export const PERCENT_VIEW: Wrapping = {
  marks: [
    ...['%3d', '%3a', '%20', '%3e', '%0a', '%2c', '%5d'].flatMap(afterNames),
    '%22%3a',
    '%22%2c',
    '-----%0a',
    '-----%0d',
  ],
  exact: false,
  viewAt(reader, mark, floor) {
    const start = fieldStart(reader, tokenStartBefore(reader, mark, floor), mark);
    const view = new View(reader);
    let copied = start;
    let index = start;
    while (index - mark < LONGEST && index < reader.ceiling) {
      const code = reader.at(index);
      if (code === -1 || isIn(WHITESPACE, code) || isBound(reader, index)) break;
      if (code !== PERCENT || !isIn(ANY_HEX, reader.at(index + 1)) || !isIn(ANY_HEX, reader.at(index + 2))) {
        index += 1;
        continue;
      }
      view.copy(copied, index);
      const byte = Number.parseInt(reader.text.slice(index + 1, index + 3), 16);
      view.put(String.fromCharCode(byte), index, index + 3);
      index += 3;
      copied = index;
    }
    view.copy(copied, index);
    return { view, start, end: index };
  },
};

/** Where the value of a form's field begins, or the string that the text around `mark` is. */
function fieldStart(reader: Reader, start: number, mark: number): number {
  for (let index = mark; index > start; index -= 1) {
    const previous = reader.before(index);
    if (previous === EQUALS || previous === AMPERSAND || isBound(reader, index - 1)) return index;
  }
  return start;
}

/** Quotes and the signs of elements; an apostrophe needs no percents, and beside them is part of the text. */
function isBound(reader: Reader, index: number): boolean {
  const code = reader.at(index);
  if (code === APOSTROPHE) return reader.at(index + 1) !== PERCENT && reader.before(index - 2) !== PERCENT;
  return code === LESS || code === GREATER || isIn(QUOTES, code);
}
