import { skipGlue } from '../glue.ts';
import { skipBackslashes } from '../backslashes.ts';
import { BLANK, DOTTED, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { codesOf, BACKSLASH, CLOSING_PARENTHESIS, COLON, EQUALS } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { literalAt, textOf, type Literal } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isStrongWord } from '../../judge/strong-word.ts';
import { isTangled } from '../../judge/tangled.ts';
import { isWordy } from '../../judge/wordy.ts';
import { mentionIn, secretNameOf } from '../assignment/secret-name.ts';

const MAX_BLANKS = 16;
const COMMAS = codesOf(',');
/** What stands between a string and the name that it is compared with. */
const COMPARISONS = [' == ', ' != ', ' === ', ' !== ', '.equals(', '.equalsignorecase('];
const MAX_GLUE = 64;
const MAX_NAME = 64;
const MIN_VALUE = 6;
const MAX_VALUE = 96;

/**
 * Values whose names follow them: `- value: …` above `name: DB_PASSWORD`, `{"value": "…", "name": "DB_PASSWORD"}`,
 * `<add value="…" name="ApiPassword"/>`, what Swift prints, with a comment behind it: `Optional("…") // password`, and
 * comparisons: `if ("…" == password)`, `"…".equals(password)`.
 */
export const VALUE_FIRST_ANCHORS: readonly Anchor[] = [
  ...['value:', '"value"', '"value\\', 'value=', 'value ='].map((mark) =>
    anchorAt(mark, (reader, start) => parseValue(reader, start + mark.indexOf('value'))),
  ),
  ...['optional("', 'optional(\\"'].map((mark) =>
    anchorAt(mark, (reader, start) => parseCommented(reader, start + mark.indexOf('(') + 1)),
  ),
  ...['if ("', "if ('"].map((mark) => anchorAt(mark, parseCondition)),
  ...['".equals', "'.equals"].map((mark) => anchorAt(mark, parseEqual)),
];

function parseValue(reader: Reader, start: number): Span | undefined {
  const from = behindSign(reader, start + 'value'.length);
  if (from === undefined) return undefined;
  const value = literalAt(reader, from, 0, MAX_VALUE);
  const text = textOf(reader, value);
  if (text.length < MIN_VALUE || isStandIn(text) || /\s/.test(text)) return undefined;
  const key = skipGlue(reader, value.next, MAX_GLUE, COMMAS);
  const word = ['name', 'key'].find((candidate) => reader.sees(candidate, key));
  if (key === value.next || word === undefined) return undefined;
  const nameAt = behindSign(reader, key + word.length);
  if (nameAt === undefined) return undefined;
  let nameStart = nameAt;
  while (nameStart - nameAt < 4 && reader.at(nameStart) === BACKSLASH) nameStart += 1;
  if (isIn(QUOTES, reader.at(nameStart))) nameStart += 1;
  return namedAt(reader, nameStart, value);
}

function parseCommented(reader: Reader, from: number): Span | undefined {
  const value = literalAt(reader, from, 0, MAX_VALUE);
  const comment = reader.skip(BLANK, value.next + 1, value.next + MAX_BLANKS);
  if (reader.at(value.next) !== CLOSING_PARENTHESIS || !reader.sees('//', comment)) return undefined;
  return namedAt(reader, reader.skip(BLANK, comment + 2, comment + MAX_BLANKS), value);
}

/** A string that a condition begins with, and compares with a name. */
function parseCondition(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  return compared(reader, literalAt(reader, anchorEnd - 1, 0, MAX_VALUE));
}

/** A string that is asked whether it equals a name. */
function parseEqual(reader: Reader, end: number): Span | undefined {
  const quote = reader.at(end);
  let start = end;
  while (end - start < MAX_VALUE && reader.before(start) !== quote) {
    if (isIn(WHITESPACE, reader.before(start))) return undefined;
    start -= 1;
  }
  return reader.before(start) === quote ? compared(reader, { quoted: true, start, end, next: end + 1 }) : undefined;
}

function compared(reader: Reader, value: Literal): Span | undefined {
  const operator = COMPARISONS.find((text) => reader.sees(text, value.next));
  return operator === undefined ? undefined : namedAt(reader, value.next + operator.length, value);
}

/** The value, when the name at `nameStart` is that of a secret and it looks like one. */
function namedAt(reader: Reader, nameStart: number, value: Literal): Span | undefined {
  const text = textOf(reader, value);
  const nameEnd = reader.skip(DOTTED, nameStart, nameStart + MAX_NAME);
  const rawName = reader.text.slice(nameStart, nameEnd);
  const name = secretNameOf(rawName) ?? mentionIn(rawName);
  if (name === null || (name.isMention === true && !isTangled(text)) || text.length < MIN_VALUE || isStandIn(text))
    return undefined;
  if (!isSecret(text, name.chosenByPeople, name.isWeak === true)) return undefined;
  return { kind: name.kind, start: value.start, end: value.end };
}

const DIGIT_AND_SIGN = /^(?=\S*\d)(?=\S*[!@#$%^&*~+?])\S+$/;

function isSecret(text: string, chosenByPeople: boolean, isWeak: boolean): boolean {
  if (chosenByPeople && /^\d{8,}$/.test(text)) return true;
  if (isStrongWord(text) || (chosenByPeople && DIGIT_AND_SIGN.test(text))) return true;
  if (isWordy(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return chosenByPeople || text.length >= (isWeak ? 20 : 12);
}

/** Past a closing quote, a colon or an equals sign, and blanks. */
function behindSign(reader: Reader, from: number): number | undefined {
  let index = skipBackslashes(reader, from);
  if (isIn(QUOTES, reader.at(index))) index += 1;
  const sign = reader.skip(BLANK, index, index + MAX_BLANKS);
  const isSign = reader.at(sign) === COLON || reader.at(sign) === EQUALS;
  return isSign ? reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS) : undefined;
}
