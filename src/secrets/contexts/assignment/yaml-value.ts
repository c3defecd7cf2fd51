import { BLANK, isIn, QUOTES, WHITESPACE, WORD } from '../../scan/alphabets.ts';
import { AMPERSAND, BAR, EXCLAMATION, GREATER, HYPHEN, PLUS } from '../../scan/codes.ts';
import { newlineAt } from '../newline.ts';
import type { Reader } from '../../scan/reader.ts';

const MAX_TAG = 48;
const MAX_INDENT = 64;

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
  return indented(reader, mark) ?? from;
}

/** The value in quotes on the next line, as formatters break long lines: `name =\n  "value"`. */
export function quotedOnNextLine(reader: Reader, from: number): number | undefined {
  const start = indented(reader, from);
  return start !== undefined && isIn(QUOTES, reader.at(start)) ? start : undefined;
}

/** Where the text of the next line begins, when it is indented. */
function indented(reader: Reader, lineEnd: number): number | undefined {
  const newline = newlineAt(reader, lineEnd);
  if (newline === undefined) return undefined;
  const start = reader.skip(BLANK, newline + 1, newline + 1 + MAX_INDENT);
  return start > newline + 1 && !isIn(WHITESPACE, reader.at(start)) ? start : undefined;
}
