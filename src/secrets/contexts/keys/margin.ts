import { BASE64, BLANK, DIGITS, isIn } from '../../scan/alphabets.ts';
import { codesOf, NEWLINE, RETURN } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';

/** What a margin ends with. */
const ENDS = codesOf(' \t:|>-');
/** A line of a key is as long as this before it teaches what stands before the lines. */
const MIN_BODY = 24;
const MAX_MARGIN = 160;
const MAX_LINE = 512;
/** Headers, and an empty line, stand before the first line of a key. */
const MAX_LINES = 4;

/**
 * What stands before the text of every line of a block, as the first of its lines have it: a time, a source, a line
 * number. Digits may differ from line to line, and so may the width of blanks.
 */
export type Margin = string;

/** The margin of the lines from `from`, learnt from the first that ends in a long word; undefined when none does. */
export function marginAt(reader: Reader, from: number): Margin | undefined {
  let start = from;
  for (let lines = 0; lines < MAX_LINES; lines += 1) {
    let body = start;
    let index = start;
    for (; index - start < MAX_LINE; index += 1) {
      const code = reader.at(index);
      if (code === -1 || code === NEWLINE || code === RETURN) break;
      if (!isIn(BASE64, code)) body = index + 1;
    }
    if (index - body >= MIN_BODY) {
      const isApart = body > start && body - start <= MAX_MARGIN && ENDS.has(reader.at(body - 1));
      return isApart ? reader.text.slice(start, body) : undefined;
    }
    if (reader.at(index) === -1) return undefined;
    start = reader.at(index) === RETURN ? index + 2 : index + 1;
  }
  return undefined;
}

/** Past the margin of the line at `from`; undefined when the line has another one. */
export function skipMargin(reader: Reader, from: number, margin: Margin): number | undefined {
  let index = from;
  for (let at = 0; at < margin.length;) {
    const expected = margin.charCodeAt(at);
    const mask = [DIGITS, BLANK].find((alphabet) => isIn(alphabet, expected));
    if (mask === undefined) {
      if (reader.at(index) !== expected) return undefined;
      at += 1;
      index += 1;
      continue;
    }
    while (at < margin.length && isIn(mask, margin.charCodeAt(at))) at += 1;
    const end = reader.skip(mask, index, index + MAX_MARGIN);
    // The blank that ends a margin may be missing where nothing follows, and the one that begins it by a longer number.
    const mayLack = mask === BLANK && (index === from || at === margin.length);
    if (end === index && !mayLack) return undefined;
    index = end;
  }
  return index;
}
