import { BLANK, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { BACKSLASH, COLON, DOUBLE_QUOTE, ESCAPE, HASH, NEWLINE, PLUS, RETURN, TAB } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { MAX_PAIR_GAP } from '../../scan/text-boundaries.ts';
import { newlineAt } from '../newline.ts';
import type { Found } from './found.ts';
import type { Value } from './value.ts';

const LINE_ENDS = new Set([NEWLINE, RETURN, ESCAPE, BACKSLASH]);
const MAX_BLANKS = 64;

/** At the end of a line, written out too, of a string or of what colours a terminal. */
export function endsLine(reader: Reader, end: number): boolean {
  const code = reader.at(end);
  if (code < TAB || LINE_ENDS.has(code) || isIn(QUOTES, code)) return true;
  const next = reader.skip(WHITESPACE, end, end + 4);
  return next > end && (reader.at(next) === HASH || reader.at(next) === NEWLINE || reader.at(next) === -1);
}

/** At the beginning of a line, or of a string of JSON, which has the lines of a text in it. */
export function beginsLine(reader: Reader, start: number): boolean {
  if (reader.beginsLine(start)) return true;
  const from = reader.before(start) === PLUS ? start - 1 : start;
  if (reader.before(from) !== DOUBLE_QUOTE) return false;
  let sign = from - 1;
  while (reader.before(sign) === BACKSLASH) sign -= 1;
  const quote = sign;
  while (quote - sign < MAX_PAIR_GAP && isIn(BLANK, reader.before(sign))) sign -= 1;
  return reader.before(sign) === COLON && reader.before(sign - 1) === DOUBLE_QUOTE;
}

/** `name=value` and nothing before it or behind it. */
export function isWholeLine(reader: Reader, nameStart: number, value: Value): boolean {
  return !value.quoted && beginsLine(reader, nameStart) && endsLine(reader, value.end);
}

/** `name    value`, both alone on their line, the last one of a text aside. */
export function isRow(reader: Reader, { separator, nameStart, value, name }: Found): boolean {
  const isColumn = separator.isColumn === true && name.isPlain;
  return isColumn && reader.beginsLine(nameStart) && newlineAt(reader, value.end) !== undefined;
}

export function skipBlanks(reader: Reader, from: number): number {
  return reader.skip(BLANK, from, from + MAX_BLANKS);
}
