import { BLANK, DOTTED, isIn, QUOTES } from '../../scan/alphabets.ts';
import { AMPERSAND, BACKTICK, COLON, DOLLAR, EQUALS, HYPHEN, QUESTION } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { BARE_PASS, DIRECTIVE, isAllCapitals, isMember, OF_OBJECT, type Found } from './found.ts';
import { beginsLine, endsLine, isRow, isWholeLine, skipBlanks } from './line-end.ts';

const MAX_NAME = 64;
const MIN_ORDINARY = 6;
const MIN_PLAIN = 8;
const LONG_PLAIN = 10;
/** What frameworks sign sessions with, which many people make up. */
const SIGNS_WITH = /^(?:[A-Z]+_)*(?:SECRET_KEY|(?:JWT|SESSION|COOKIE|APP|AUTH|NEXTAUTH)_SECRET)$/;
/** `base_path`, `userInput` */
const JOINED_NAME = /_|[a-z][A-Z]/;

/** Whether small letters may be a password here: in quotes, in an element, on a flag, in a file of settings. */
export function mayBePlain(reader: Reader, found: Found): boolean {
  const { separator, value, nameStart, rawName, name } = found;
  const { sort, tight } = separator;
  const length = value.end - value.start;
  const isNamed = name.isPlain || (BARE_PASS.test(rawName) && (sort === 'element' || sort === 'sign'));
  if (!name.chosenByPeople) return value.quoted && length >= MIN_PLAIN && SIGNS_WITH.test(rawName);
  if (isAllCapitals(rawName)) {
    if (value.quoted || sort === 'element') return sort !== 'blank' || name.isPlain;
    if (sort !== 'sign' || !beginsLine(reader, nameStart))
      return tight === EQUALS && endsSetting(reader, value.end, length);
    return tight === EQUALS
      ? endsSetting(reader, value.end, length)
      : length >= MIN_PLAIN && endsLine(reader, value.end);
  }
  if (sort === 'is') return value.quoted;
  if (!isNamed || sort === 'argument' || sort === 'attribute' || sort === 'cell' || length < MIN_ORDINARY) return false;
  if (sort === 'comparison') return true;
  if (value.quoted) return length >= minPlainInQuotes(reader, found);
  if (sort === 'element') return !isIn(BLANK, reader.at(value.end));
  if (isRow(reader, found)) return true;
  if (sort === 'flag' && DIRECTIVE.test(rawName)) return isWholeLine(reader, nameStart, value);
  if (sort === 'flag') return rawName.startsWith('-') && endsArgument(reader, value.end);
  return sort === 'sign' && isSetting(reader, found);
}

/**
 * `{ password: "…" }` is what code looks like, tests and all; a name in quotes, a `$name`, an attribute, a value
 * between backticks and one that nothing stands behind in its line is what settings look like.
 */
function minPlainInQuotes(reader: Reader, { separator, value, nameStart, rawName }: Found): number {
  const isCode =
    separator.sort === 'sign' &&
    separator.tight !== EQUALS &&
    !isIn(QUOTES, reader.at(nameStart + rawName.length)) &&
    reader.before(nameStart) !== DOLLAR &&
    reader.before(nameStart) !== COLON &&
    reader.before(value.start) !== BACKTICK &&
    !(beginsLine(reader, nameStart) && endsLine(reader, value.end + 1));
  return isCode || BARE_PASS.test(rawName) ? LONG_PLAIN : MIN_PLAIN;
}

/** A pair on a line of its own, or one in a query or a connection string: `?user=jo&password=…`. */
function isSetting(reader: Reader, { separator, value, nameStart, rawName }: Found): boolean {
  const length = value.end - value.start;
  const before = reader.before(nameStart);
  const after = reader.at(value.end);
  if (separator.tight === EQUALS && (before === AMPERSAND || before === QUESTION || after === AMPERSAND)) return true;
  if (separator.tight === EQUALS && leadsToPair(reader, value.end)) return length >= MIN_PLAIN;
  if (!endsLine(reader, value.end)) return false;
  if (separator.tight === EQUALS) {
    // Where text was cut, a blank stood before it.
    const isApart = before === -1 || isIn(BLANK, before);
    if (rawName.startsWith('--') || (isApart && length >= MIN_PLAIN && !isMember(rawName))) return true;
    return beginsLine(reader, nameStart) && (!isMember(rawName) || (length >= MIN_PLAIN && !OF_OBJECT.test(rawName)));
  }
  // With blanks around the sign it is as likely a line of code, and a name that stands for the value: a folder's.
  const isName = BARE_PASS.test(rawName) && JOINED_NAME.test(reader.text.slice(value.start, value.end));
  const isLoose = separator.tight === undefined && !isMember(rawName) && !isName;
  return isLoose && length >= MIN_PLAIN && beginsLine(reader, nameStart);
}

/** ` sslmode=`: another pair behind a blank. */
function leadsToPair(reader: Reader, end: number): boolean {
  const name = skipBlanks(reader, end);
  const nameEnd = reader.skip(DOTTED, name, name + MAX_NAME);
  return name > end && nameEnd > name && reader.at(nameEnd) === EQUALS;
}

/** A line's end, or the command that a longer value is set for: `NAME=value command`. */
function endsSetting(reader: Reader, end: number, length: number): boolean {
  return endsLine(reader, end) || (length >= MIN_PLAIN && isIn(BLANK, reader.at(end)));
}

/** Before another flag or an address, or at the end of the line. */
function endsArgument(reader: Reader, end: number): boolean {
  const next = skipBlanks(reader, end);
  return endsLine(reader, end) || (next > end && (reader.at(next) === HYPHEN || reader.sees('http', next)));
}
