import { skipBackslashes } from '../backslashes.ts';
import {
  BASE64URL,
  DIGITS,
  DOTTED,
  isIn,
  LETTERS,
  NAME_LETTERS,
  QUOTES,
  VALUE_STOPS,
  WHITESPACE,
} from '../../scan/alphabets.ts';
import {
  BAR,
  CLOSING_BRACE,
  OPENING_BRACE,
  OPENERS,
  AMPERSAND,
  APOSTROPHE,
  AT,
  BACKSLASH,
  COLON,
  DOT,
  EQUALS,
  ESCAPE,
  HYPHEN,
  LESS,
  LETTER_F,
  LETTER_M,
  NEWLINE,
  OPENING_BRACKET,
  OPENING_PARENTHESIS,
  RETURN,
  SEMICOLON,
  SPACE,
} from '../../scan/codes.ts';
import { foldCase } from '../../scan/reader.ts';
import type { Reader } from '../../scan/reader.ts';
import { isMixedWord, isStrongWord } from '../../judge/strong-word.ts';
import { isWordy } from '../../judge/wordy.ts';
import { APP_PASSWORD_LENGTH, isAppPassword } from './app-password.ts';

const MAX_COLOUR = 16;
const ENTITY_QUOTES = ['&quot;', '&#34;', '&#39;', '&#x22;', '&#x27;', '&apos;'];
const MAX_PREFIX = 2;
/** A token behind a number is longer than this. */
const MIN_NUMBERED = 24;
/** Letters before a sign that are no name, at most. */
const MAX_STRANGE = 8;
const SIGN = /[!@#$%^*~+?]/;
const MAX_WRAPPER = 16;
const MAX_BRACED = 512;
const ONLY_NAME = /^[\w$.]*$/;
/** What a string is passed to that yields it, or keeps it: `Some("…")`, `SecretStr("…")`, `MD5('…')`. */
const WRAPPERS = new Set(
  'some just string string.from string::from secretstr secretstring secret sensitive md5 sha1 sha2 sha256 sha512 crypt encode encrypt password hashbytes hash_bytes'.split(
    ' ',
  ),
);

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
  const start = skipColour(reader, from);
  const opening = openingAt(reader, start) ?? openingAt(reader, skipPrefix(reader, start));
  if (opening !== undefined) return quotedValue(reader, opening);
  const value = entityValue(reader, start) ?? bracedValue(reader, start) ?? unquotedValue(reader, start);
  return inSentence && value !== undefined && reader.at(value.end - 1) === DOT
    ? { ...value, end: value.end - 1 }
    : value;
}

/** Past what colours the value in a terminal. */
function skipColour(reader: Reader, from: number): number {
  if (reader.at(from) !== ESCAPE || reader.at(from + 1) !== OPENING_BRACKET) return from;
  let end = from + 2;
  while (end - from < MAX_COLOUR && (isIn(DIGITS, reader.at(end)) || reader.at(end) === SEMICOLON)) end += 1;
  return reader.at(end) === LETTER_M ? skipColour(reader, end + 1) : from;
}

/** What stands between quotes that are written as entities: `&#34;value&#34;`. */
function entityValue(reader: Reader, from: number): Value | undefined {
  if (reader.at(from) !== AMPERSAND) return undefined;
  const quote = ENTITY_QUOTES.find((entity) => reader.sees(entity, from));
  if (quote === undefined) return undefined;
  const start = from + quote.length;
  for (let end = start; end - start < JUDGED && reader.at(end) > SPACE; end += 1) {
    if (reader.sees(quote, end)) return { quoted: true, start, end };
  }
  return undefined;
}

/** What stands in braces in place of quotes, as ODBC, Maven and Jenkins have it: `Pwd={…};`; a template is no password. */
function bracedValue(reader: Reader, from: number): Value | undefined {
  if (reader.at(from) !== OPENING_BRACE) return undefined;
  const start = from + 1;
  let end = start;
  while (end - start < MAX_BRACED && !endsBraced(reader.at(end))) end += 1;
  const text = reader.text.slice(start, end);
  const isNoName = isStrongWord(text) && (!ONLY_NAME.test(text) || isMixedWord(text));
  return reader.at(end) === CLOSING_BRACE && isNoName ? { quoted: true, start, end } : undefined;
}

function endsBraced(code: number): boolean {
  return code <= SPACE || code === OPENING_BRACE || code === CLOSING_BRACE || isIn(QUOTES, code);
}

interface Opening {
  /** One past the quote. */
  readonly start: number;
  readonly quote: number;
  readonly escapes: number;
}

/** The quote at `from`, escaped or not, or three of them. */
function openingAt(reader: Reader, from: number): Opening | undefined {
  const at = skipBackslashes(reader, from);
  const quote = reader.at(at);
  if (!isIn(QUOTES, quote)) return undefined;
  const width = at - from + 1;
  const isTriple = reader.at(at + width) === quote && reader.at(at + 2 * width) === quote;
  return { start: at + 1 + (isTriple ? 2 * width : 0), quote, escapes: width - 1 };
}

/** Past what a quote may have before it: `@"…"`, `b'…'`, `<<"…">>`, `Some("…")`, `String::from("…")`. */
function skipPrefix(reader: Reader, from: number): number {
  const first = reader.at(from);
  if (first === AT) return from + 1;
  if (first === LESS && reader.at(from + 1) === LESS) return from + 2;
  // What has a letter "f" before it is filled in first.
  if (!isIn(LETTERS, first) || foldCase(first) === LETTER_F) return from;
  if (reader.sees('new string(', from)) return from + 'new string('.length;
  const word = reader.skip(DOTTED, from, from + MAX_WRAPPER);
  if (word - from <= MAX_PREFIX) return word;
  const end = reader.sees('::from', word) ? word + '::from'.length : word;
  const isWrapper = reader.at(end) === OPENING_PARENTHESIS;
  return isWrapper && WRAPPERS.has(reader.text.slice(from, end).toLowerCase()) ? end + 1 : from;
}

/** Up to the quote that is escaped as the opening one was; a value with blanks in its beginning is a sentence. */
function quotedValue(reader: Reader, { start, quote, escapes }: Opening): Value | undefined {
  let backslashes = 0;
  for (let index = start; index - start < MAX_VALUE; index += 1) {
    const code = reader.at(index);
    if (code === BACKSLASH) {
      backslashes += 1;
      continue;
    }
    if (code === -1 || code === NEWLINE || code === RETURN) return { quoted: true, start, end: index };
    // YAML and SQL write a quote in a string as two.
    if (code === quote && quote === APOSTROPHE && escapes === 0 && index > start && reader.at(index + 1) === quote) {
      index += 1;
      continue;
    }
    if (code === quote && (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes)) {
      return { quoted: true, start, end: index - Math.min(backslashes, escapes) };
    }
    if (isIn(WHITESPACE, code)) return appPassword(reader, start, quote);
    backslashes = 0;
  }
  return { quoted: true, start, end: start + MAX_VALUE };
}

/** A password that has blanks, whole up to the quote. */
function appPassword(reader: Reader, start: number, quote: number): Value | undefined {
  const end = start + APP_PASSWORD_LENGTH;
  const isWhole = reader.at(end) === quote && isAppPassword(reader.text.slice(start, end));
  return isWhole ? { quoted: true, start, end } : undefined;
}

function unquotedValue(reader: Reader, start: number): Value | undefined {
  const word = reader.skip(NAME_LETTERS, start, start + JUDGED);
  if (isName(reader, start, word)) return undefined;
  let end = word;
  while (end - start < JUDGED && !endsValue(reader.at(end))) end += 1;
  if (OPENERS.has(reader.at(end))) return undefined;
  return { quoted: false, start, end: numberedTokenEnd(reader, start, end) ?? end };
}

/** Where `12|token` ends, as frameworks hand out tokens that they find by a number. */
function numberedTokenEnd(reader: Reader, start: number, end: number): number | undefined {
  if (reader.at(end) !== BAR || reader.skip(DIGITS, start, end) !== end) return undefined;
  const tokenEnd = reader.skip(BASE64URL, end + 1, end + 1 + JUDGED);
  return tokenEnd - end > MIN_NUMBERED ? tokenEnd : undefined;
}

/** Whether a value without quotes ends before it: at blanks, at brackets, and at what colours a terminal. */
function endsValue(code: number): boolean {
  return code <= SPACE || isIn(VALUE_STOPS, code);
}

/** Whether what stands there leads to a value itself: `name=value`, `name: value`, `--flag`; `letters==` does not. */
function isName(reader: Reader, start: number, end: number): boolean {
  if (reader.at(start) === HYPHEN && reader.at(start + 1) === HYPHEN) return true;
  const sign = reader.at(end);
  if (end === start || (sign !== EQUALS && sign !== COLON)) return false;
  const next = reader.at(end + 1);
  const isAlone = next === -1 || isIn(WHITESPACE, next);
  if (sign === COLON) return isAlone;
  return !isAlone && next !== EQUALS && !isIn(VALUE_STOPS, next) && !isStrongThrough(reader, start, end);
}

/** `Kq=x7!vR2…`: a password that happens to have the sign in it, behind letters that nobody calls anything. */
function isStrongThrough(reader: Reader, start: number, end: number): boolean {
  const name = reader.text.slice(start, end);
  if (name.length > MAX_STRANGE || isWordy(name)) return false;
  let last = end + 1;
  while (last - start < JUDGED && reader.at(last) > SPACE && !isIn(QUOTES, reader.at(last))) last += 1;
  const rest = reader.text.slice(end + 1, last);
  return SIGN.test(rest) && isStrongWord(rest);
}
