import { BLANK, DOTTED, isIn, LETTERS, QUOTES, TOKEN68, VALUE_STOPS, WHITESPACE } from '../scan/alphabets.ts';
import { foldCase } from '../scan/reader.ts';
import type { Reader } from '../scan/reader.ts';
import { secretNameOf } from '../judge/secret-name.ts';
import { isSecretValue } from '../judge/secret-value.ts';
import type { Anchor, Span } from '../scan/span.ts';

const NEWLINE = 10;
const RETURN = 13;
const BACKTICK = 96;
const BACKSLASH = 92;
const COLON = 58;
const EQUALS = 61;
const TILDE = 126;
const GREATER = 62;
const CLOSING_BRACKET = 93;
const DOT = 46;
const LETTER_N = 110;
const LETTER_S = 115;
const OPENERS = new Set(Array.from('([{', (character) => character.charCodeAt(0)));

const MAX_NAME = 64;
const MAX_BLANKS = 16;
const MAX_GAP = 80;
const MAX_ESCAPES = 8;
/** A value is judged by its beginning, so that rejecting a long one is cheap however often it is tried. */
const JUDGED = 64;
const MAX_VALUE = 16 * 1024;

/**
 * Values with a telling name: `PASSWORD=…`, `"client_secret": "…"` (in JSON inside a string too), `token: …` in
 * YAML, `apiKey = '…'`, `--api-key …`, `<add key="ApiPassword" value="…">`, `password is …`.
 */
export const ASSIGNMENT_ANCHORS: readonly Anchor[] = [
  'pass',
  'pwd',
  'secr',
  'token',
  'cred',
  'auth',
  '_pat',
  // A bare "key" would stop the pass at every "token" and "make"; these are the letters that may come before one.
  ...Array.from('_-.istergnhdp', (letter) => `${letter}key`),
].map((text) => ({ text, exact: false, parse: parseAssignment }));

function parseAssignment(reader: Reader, anchorStart: number, anchorEnd: number): Span | undefined {
  // A plural counts or lists: `input_tokens`, `keys`.
  if (foldCase(reader.at(anchorEnd)) === LETTER_S) return undefined;
  const nameEnd = reader.skip(DOTTED, anchorEnd, anchorEnd + MAX_NAME);
  const separator = separatorAfter(reader, nameEnd);
  if (separator === undefined) return undefined;
  let nameStart = anchorStart;
  while (anchorStart - nameStart < MAX_NAME && isIn(DOTTED, reader.before(nameStart))) nameStart -= 1;
  const rawName = reader.text.slice(nameStart, nameEnd);
  if (separator.sort === 'flag' && !rawName.startsWith('-')) return undefined;
  const name = secretNameOf(rawName);
  if (name === null || (separator.sort === 'is' && !name.chosenByPeople)) return undefined;
  const value = valueAt(reader, separator.valueStart);
  if (value === undefined) return undefined;
  const inCode = separator.sort !== 'is' && (isMember(rawName) || separator.tight === COLON);
  const place = { quoted: value.quoted, inCode, chosenByPeople: name.chosenByPeople && separator.sort !== 'is' };
  if (!isSecretValue(reader.text.slice(value.start, Math.min(value.end, value.start + JUDGED)), place))
    return undefined;
  const isCut = !value.quoted && value.end === value.start + JUDGED;
  const end = isCut ? reader.skip(TOKEN68, value.end, value.start + MAX_VALUE) : value.end;
  return { kind: name.kind, start: value.start, end };
}

function isMember(name: string): boolean {
  const dot = name.indexOf('.');
  return dot > 0 && name.charCodeAt(dot) === DOT;
}

interface Separator {
  readonly sort: 'sign' | 'flag' | 'attribute' | 'is';
  readonly valueStart: number;
  /** The sign, when neither side of it has a blank: `a:b` is code or JSON, `a: b` may be YAML. */
  readonly tight?: number;
}

function separatorAfter(reader: Reader, nameEnd: number): Separator | undefined {
  const quoteEnd = skipClosingQuote(reader, nameEnd);
  const signAt = reader.skip(BLANK, quoteEnd, quoteEnd + MAX_BLANKS);
  const sign = reader.at(signAt);
  if (sign === COLON || sign === EQUALS) {
    const afterSign = skipSign(reader, signAt);
    if (afterSign === undefined) return undefined;
    const valueStart = reader.skip(BLANK, afterSign, afterSign + MAX_BLANKS);
    const isTight = signAt === quoteEnd && valueStart === afterSign;
    return { sort: 'sign', valueStart, ...(isTight ? { tight: sign } : {}) };
  }
  const attribute = attributeValueAt(reader, nameEnd);
  if (attribute !== undefined) return { sort: 'attribute', valueStart: attribute };
  if (signAt === quoteEnd || quoteEnd !== nameEnd) return undefined;
  if (reader.sees('is ', signAt))
    return { sort: 'is', valueStart: reader.skip(BLANK, signAt + 3, signAt + 3 + MAX_BLANKS) };
  return { sort: 'flag', valueStart: signAt };
}

/** Past the quote that closes a name, escaped or not, and the bracket after it. */
function skipClosingQuote(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_ESCAPES && reader.at(index) === BACKSLASH) index += 1;
  if (!isIn(QUOTES, reader.at(index))) return from;
  index += 1;
  return reader.at(index) === CLOSING_BRACKET ? index + 1 : index;
}

/** Past `:`, `=`, `:=` or `=>`; undefined for comparisons. */
function skipSign(reader: Reader, signAt: number): number | undefined {
  const next = reader.at(signAt + 1);
  if (reader.at(signAt) === COLON) {
    if (next === COLON) return undefined;
    return next === EQUALS ? signAt + 2 : signAt + 1;
  }
  if (next === EQUALS || next === TILDE) return undefined;
  return next === GREATER ? signAt + 2 : signAt + 1;
}

/** The value in `name="API_TOKEN" value="…"`, `- name: API_TOKEN` with `value: …` on the next line, and the like. */
function attributeValueAt(reader: Reader, from: number): number | undefined {
  let index = from;
  for (; index - from < MAX_GAP; index += 1) {
    const code = reader.at(index);
    const isEscapedNewline = code === LETTER_N && reader.at(index - 1) === BACKSLASH;
    if (!(isIn(WHITESPACE, code) || isIn(QUOTES, code) || code === BACKSLASH || code === 44 || isEscapedNewline)) break;
  }
  if (index === from || !reader.sees('value', index)) return undefined;
  const signAt = reader.skip(BLANK, skipClosingQuote(reader, index + 5), index + 5 + MAX_BLANKS);
  if (reader.at(signAt) !== COLON && reader.at(signAt) !== EQUALS) return undefined;
  return reader.skip(BLANK, signAt + 1, signAt + 1 + MAX_BLANKS);
}

interface Value {
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

function valueAt(reader: Reader, from: number): Value | undefined {
  let escapes = 0;
  while (escapes < MAX_ESCAPES && reader.at(from + escapes) === BACKSLASH) escapes += 1;
  const quote = reader.at(from + escapes);
  return isIn(QUOTES, quote) && quote !== BACKTICK
    ? quotedValue(reader, from + escapes + 1, quote, escapes)
    : unquotedValue(reader, from);
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

/** The beginning of the value, enough to judge it by. */
function unquotedValue(reader: Reader, start: number): Value | undefined {
  let end = start;
  let isWord = true;
  for (; end - start < JUDGED; end += 1) {
    const code = reader.at(end);
    // A word and another equals sign: that was a name, not a value.
    if (code === -1 || isIn(VALUE_STOPS, code) || (isWord && code === EQUALS)) break;
    isWord &&= isIn(LETTERS, code);
  }
  if (OPENERS.has(reader.at(end))) return undefined;
  return { quoted: false, start, end };
}
