import { isIn, NAME_LETTERS, QUOTES, VALUE_STOPS, WHITESPACE } from '../../scan/alphabets.ts';
import type { Reader } from '../../scan/reader.ts';

const NEWLINE = 10;
const RETURN = 13;
const BACKTICK = 96;
const BACKSLASH = 92;
const EQUALS = 61;
const COLON = 58;
const HYPHEN = 45;
const DOT = 46;
const OPENERS = new Set(Array.from('([{', (character) => character.charCodeAt(0)));
const MAX_ESCAPES = 8;

/** A value is judged by its beginning, so that rejecting a long one is cheap however often it is tried. */
export const JUDGED = 64;
export const MAX_VALUE = 16 * 1024;

export interface Value {
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * The value at `from`: what is in quotes, to its end; of one without quotes the first {@link JUDGED} characters.
 * @param inSentence a full stop at its end is none of it
 */
export function valueAt(reader: Reader, from: number, inSentence = false): Value | undefined {
  let escapes = 0;
  while (escapes < MAX_ESCAPES && reader.at(from + escapes) === BACKSLASH) escapes += 1;
  const quote = reader.at(from + escapes);
  if (isIn(QUOTES, quote) && quote !== BACKTICK) return quotedValue(reader, from + escapes + 1, quote, escapes);
  const value = unquotedValue(reader, from);
  return inSentence && value !== undefined && reader.at(value.end - 1) === DOT
    ? { ...value, end: value.end - 1 }
    : value;
}

/** Up to the quote that is escaped as the opening one was; a value with blanks in its beginning is a sentence. */
function quotedValue(reader: Reader, start: number, quote: number, escapes: number): Value | undefined {
  let backslashes = 0;
  for (let index = start; index - start < MAX_VALUE; index += 1) {
    const code = reader.at(index);
    if (code === BACKSLASH) {
      backslashes += 1;
      continue;
    }
    if (code === -1 || code === NEWLINE || code === RETURN) return { quoted: true, start, end: index };
    if (code === quote && (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes)) {
      return { quoted: true, start, end: index - Math.min(backslashes, escapes) };
    }
    if (isIn(WHITESPACE, code)) return undefined;
    backslashes = 0;
  }
  return { quoted: true, start, end: start + MAX_VALUE };
}

function unquotedValue(reader: Reader, start: number): Value | undefined {
  const word = reader.skip(NAME_LETTERS, start, start + JUDGED);
  if (isName(reader, start, word)) return undefined;
  let end = word;
  while (end - start < JUDGED && reader.at(end) !== -1 && !isIn(VALUE_STOPS, reader.at(end))) end += 1;
  if (OPENERS.has(reader.at(end))) return undefined;
  return { quoted: false, start, end };
}

/** Whether what stands there leads to a value itself: `name=value`, `name: value`, `--flag`; `letters==` does not. */
function isName(reader: Reader, start: number, end: number): boolean {
  if (reader.at(start) === HYPHEN && reader.at(start + 1) === HYPHEN) return true;
  const sign = reader.at(end);
  if (end === start || (sign !== EQUALS && sign !== COLON)) return false;
  const next = reader.at(end + 1);
  const isAlone = next === -1 || isIn(WHITESPACE, next);
  return sign === COLON ? isAlone : !isAlone && next !== EQUALS && !isIn(VALUE_STOPS, next);
}
