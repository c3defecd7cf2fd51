import { ALNUM, ANY_HEX, DIGITS, isIn } from './alphabets.ts';
import { codesOf, BACKSLASH, LETTER_M, LETTER_U, OPENING_BRACKET, PERCENT, SEMICOLON } from './codes.ts';
import type { Reader } from './reader.ts';

const ESCAPE_LETTERS = codesOf('nrtbfv');

/**
 * Whether a token may begin at `start`: not in the middle of a word, where letters that end an escape (`\n`, `%3D`,
 * a Unicode escape, a colour code) are no word. Underscores and hyphens do not count either: `FOO_ghp_…` is a token.
 */
export function startsToken(reader: Reader, start: number): boolean {
  const previous = reader.before(start);
  if (!isIn(ALNUM, previous)) return true;
  const beforeThat = reader.before(start - 1);
  if (beforeThat === BACKSLASH) return ESCAPE_LETTERS.has(previous);
  if (endsHex(reader, start, 2) && reader.before(start - 2) === PERCENT) return true;
  if (endsHex(reader, start, 4) && reader.before(start - 4) === LETTER_U && reader.before(start - 5) === BACKSLASH) {
    return true;
  }
  return previous === LETTER_M && endsColourCode(reader, start - 1);
}

function endsHex(reader: Reader, end: number, digits: number): boolean {
  for (let back = 0; back < digits; back += 1) if (!isIn(ANY_HEX, reader.before(end - back))) return false;
  return true;
}

function endsColourCode(reader: Reader, end: number): boolean {
  let start = end;
  while (end - start < 24 && (isIn(DIGITS, reader.before(start)) || reader.before(start) === SEMICOLON)) start -= 1;
  return reader.before(start) === OPENING_BRACKET;
}
