import { BLANK, isIn, WHITESPACE } from '../../scan/alphabets.ts';
import {
  CLOSING_BRACE,
  CLOSING_PARENTHESIS,
  COLON,
  COMMA,
  DOLLAR,
  EQUALS,
  OPENING_BRACE,
  OPENING_PARENTHESIS,
  QUESTION,
  SLASH,
} from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isMadeUp, isStrongWord } from '../../judge/strong-word.ts';
import { isWordy } from '../../judge/wordy.ts';
import { isAllCapitals, isMember, OF_OBJECT, type Found } from './found.ts';
import { endsLine, isWholeLine } from './line-end.ts';

const MIN_TIGHT = 6;
const LONG_MIX = 12;
/** `this.field1`, `some_name2`: names joined, and nothing but names. */
const MEMBER = /^(?=.*[._])[A-Za-z_$][\w$]*(?:\.(?!\d)[\w$]*)*$/;

/** Whether what stands there may be an expression rather than a literal. */
export function isInCode(reader: Reader, found: Found): boolean {
  const { separator, rawName } = found;
  if (separator.sort !== 'sign') return false;
  if (separator.tight === COLON) return !isDefault(reader, found) && !isDumped(reader, found);
  return isMember(rawName) && !isProperty(reader, found);
}

/** A line of a properties file, or what a command is given: `app.db.password=…`, `-Dapp.db.password=…`, `--set a.b=…`. */
function isProperty(reader: Reader, { separator, value, nameStart, rawName }: Found): boolean {
  if (OF_OBJECT.test(rawName)) return false;
  const text = reader.text.slice(value.start, value.end);
  // With blanks around the sign it may as well be a line of code.
  if (isWholeLine(reader, nameStart, value))
    return separator.tight === EQUALS || separator.sign === COLON || isMadeUp(text);
  if (separator.tight !== EQUALS || !beginsWord(reader, nameStart)) return false;
  if (rawName.startsWith('-D')) return true;
  const next = reader.at(value.end);
  return (
    (isIn(BLANK, next) || next === COMMA || endsLine(reader, value.end)) &&
    (isMadeUp(text) || (/\d.*\d/.test(text) && !isWordy(text)))
  );
}

/** `${name:value}`, `${NAME:=value}`: what counts when nothing else is given. */
function isDefault(reader: Reader, { nameStart, value }: Found): boolean {
  const isBraced = reader.before(nameStart) === OPENING_BRACE && reader.before(nameStart - 1) === DOLLAR;
  // `${NAME:?text}` says what is missing, `${NAME:s!$1!$2!}` changes something.
  return (
    isBraced &&
    reader.at(value.end) === CLOSING_BRACE &&
    reader.at(value.start) !== QUESTION &&
    !/\$\d/.test(reader.text.slice(value.start, value.end))
  );
}

/** `{User:jo Password:… Host:db}`, `password:…` at the end of a sentence: no comma, as code has it, and digits. */
function isDumped(reader: Reader, { value, nameStart }: Found): boolean {
  const text = reader.text.slice(value.start, value.end);
  if (text.length < MIN_TIGHT || isWordy(text) || MEMBER.test(text)) return false;
  if (!/\d.*\d|\d.*[!@#$%^&*~+?]/.test(text) && !isStrongWord(text) && !isLongMix(text)) return false;
  const next = reader.at(value.end);
  if (next === -1 || isIn(WHITESPACE, next) || reader.sees('&quot;', value.end)) return true;
  if (next === CLOSING_PARENTHESIS) {
    const before = reader.before(nameStart);
    return before === OPENING_PARENTHESIS || before === SLASH;
  }
  return next === CLOSING_BRACE && beginsWord(reader, nameStart);
}

/** Letters of either case and a digit, more than a name has. */
function isLongMix(text: string): boolean {
  return text.length >= LONG_MIX && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

function beginsWord(reader: Reader, start: number): boolean {
  const previous = reader.before(start);
  return previous === -1 || isIn(WHITESPACE, previous);
}

/** Whether digits alone may be a password there: in a file of settings, on a flag, as a number of JSON. */
export function mayBeNumber({ separator, rawName }: Found): boolean {
  const { sort } = separator;
  if (sort === 'flag') return rawName.startsWith('-');
  return sort === 'element' || (sort === 'sign' && !OF_OBJECT.test(rawName));
}

/** Whether a secret may be one that a person made up: in quotes, in a file of settings, in the environment. */
export function mayBeChosen(reader: Reader, { separator, value, nameStart, rawName }: Found): boolean {
  if (separator.sort !== 'sign') return false;
  if (value.quoted) return true;
  return (separator.tight === EQUALS && isAllCapitals(rawName)) || isWholeLine(reader, nameStart, value);
}
