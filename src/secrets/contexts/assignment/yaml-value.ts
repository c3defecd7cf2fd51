import { BLANK, DIGITS, isIn, QUOTES, WHITESPACE, WORD } from '../../scan/alphabets.ts';
import { AMPERSAND, BAR, EXCLAMATION, GREATER, HYPHEN, PLUS, TAB } from '../../scan/codes.ts';
import { newlineAt } from '../newline.ts';
import type { Reader } from '../../scan/reader.ts';

const MAX_TAG = 48;
const MAX_INDENT = 64;
const MAX_MARGIN = 240;

/** Past what YAML has before a value: an anchor, a tag, the mark of a block and the end of its line. */
export function skipYamlMarks(reader: Reader, from: number): number {
  const first = reader.at(from);
  if (first === AMPERSAND || first === EXCLAMATION) {
    let end = from + 1;
    while (end - from < MAX_TAG && (isIn(WORD, reader.at(end)) || reader.at(end) === EXCLAMATION)) end += 1;
    const value = reader.skip(BLANK, end, end + MAX_TAG);
    return value > end && end > from + 1 ? value : from;
  }
  if (first !== BAR && first !== GREATER) return from;
  const sign = reader.at(from + 1);
  const mark = sign === PLUS || sign === HYPHEN ? from + 2 : from + 1;
  return indented(reader, mark) ?? behindMargin(reader, mark) ?? from;
}

/** The value in quotes on the next line, as formatters break long lines: `name =\n  "value"`. */
export function quotedOnNextLine(reader: Reader, from: number): number | undefined {
  const newline = newlineAt(reader, from);
  if (newline === undefined) return undefined;
  const start = reader.skip(BLANK, newline + 1, newline + 1 + MAX_INDENT);
  return isIn(QUOTES, reader.at(start)) ? start : undefined;
}

/** The last word of the next line, when a log has something before its indent: `[pod/x]   value`, `  12\t   value`. */
function behindMargin(reader: Reader, lineEnd: number): number | undefined {
  const newline = newlineAt(reader, lineEnd);
  if (newline === undefined) return undefined;
  let word = newline + 1;
  for (let index = word; index - newline < MAX_MARGIN; index += 1) {
    const code = reader.at(index);
    if (code === -1 || newlineAt(reader, index) !== undefined) break;
    if (isIn(BLANK, code)) word = index + 1;
  }
  return isIn(BLANK, reader.at(word - 1)) && MARGIN.test(reader.text.slice(newline + 1, word)) ? word : undefined;
}

/** What ends in a time, a source or a number, and an indent. */
const MARGIN = /(?:[\]|:>]|\dZ?)[ \t]{2,}$|\d\t[ \t]*$/;

/** Where the text of the next line begins, when it is indented. */
function indented(reader: Reader, lineEnd: number): number | undefined {
  const newline = newlineAt(reader, lineEnd);
  if (newline === undefined) return undefined;
  const start = reader.skip(BLANK, newline + 1, newline + 1 + MAX_INDENT);
  const isNumbered = isIn(DIGITS, reader.at(start)) && reader.at(reader.skip(DIGITS, start, start + 7)) === TAB;
  return start > newline + 1 && !isIn(WHITESPACE, reader.at(start)) && !isNumbered ? start : undefined;
}
