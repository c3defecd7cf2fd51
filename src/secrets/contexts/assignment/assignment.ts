import { BLANK, DOTTED, isIn, LETTERS, QUOTES, TOKEN68, UPPER_ALNUM, WHITESPACE } from '../../scan/alphabets.ts';
import { foldCase } from '../../scan/reader.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';
import { secretNameOf, type SecretName } from './secret-name.ts';
import { isSecretValue, MIN_SURE } from './secret-value.ts';
import { separatorAfter, type Separator } from './separator.ts';
import { JUDGED, MAX_VALUE, valueAt, type Value } from './value.ts';

const COLON = 58;
const EQUALS = 61;
const DOT = 46;
const HYPHEN = 45;
const NEWLINE = 10;
const HASH = 35;
const SEMICOLON = 59;
const DOLLAR = 36;
const LETTER_S = 115;
const HEADER = /authorization$/i;
const MASKED = '[REDACTED:';
const MAX_NAME = 64;
/** No secret is shorter. */
const MIN_LENGTH = 4;
const MIN_DRAWN = 8;
const MIN_ORDINARY = 6;
const MIN_PLAIN = 8;
const LONG_PLAIN = 10;

/**
 * Values with a telling name: `PASSWORD=…`, `"client_secret": "…"` (in JSON inside a string too), `token: …` in
 * YAML, `apiKey = '…'`, `--api-key …`, `<add key="ApiPassword" value="…">`, `<password>…</password>`,
 * `define('DB_PASSWORD', '…')`, `setPassword("…")`, `PASSWORD '…'` in SQL, `password is …`.
 */
export const ASSIGNMENT_ANCHORS: readonly Anchor[] = [
  'pass',
  'pwd',
  'secr',
  'token',
  'cred',
  'auth',
  '_pat',
  '_pw',
  'bindpw',
  'psk',
  // A bare "key" would stop the pass at every "token" and "make"; these are the letters that may come before one.
  ...Array.from('_-.istergnhdpcm', (letter) => `${letter}key`),
  ...'api access secret private unseal recovery license account auth'.split(' ').map((word) => `${word} key`),
].map((text) => ({ text, exact: false, parse: parseAssignment }));

export const ASSIGNMENT_KINDS = ['password', 'secret', 'token', 'api-key'];

function parseAssignment(reader: Reader, anchorStart: number, anchorEnd: number): Span | undefined {
  // A plural counts or lists: `input_tokens`, `keys`.
  if (foldCase(reader.at(anchorEnd)) === LETTER_S && !isPassword(reader, anchorEnd)) return undefined;
  const nameEnd = reader.skip(DOTTED, anchorEnd, anchorEnd + MAX_NAME);
  const separator = separatorAfter(reader, nameEnd);
  if (separator === undefined) return undefined;
  const value = valueAt(reader, separator.valueStart, separator.sort === 'is');
  if (value === undefined || value.end - value.start < minLengthAfter(reader, separator, anchorStart)) return undefined;
  if (needsQuotes(separator) && !value.quoted) return undefined;
  let nameStart = anchorStart;
  while (anchorStart - nameStart < MAX_NAME && isIn(DOTTED, reader.before(nameStart))) nameStart -= 1;
  const rawName = reader.text.slice(nameStart, nameEnd);
  // `arn:…:secret:name` and `Scope::ApiKey: …` are paths, not pairs.
  if (reader.before(nameStart) === COLON && separator.sort === 'sign' && separator.sign === COLON) return undefined;
  const name = secretNameOf(rawName);
  if (name === null || !suits(separator, rawName, name)) return undefined;
  // The scheme of a header, and no credentials: another parser knows those.
  if (!value.quoted && isIn(BLANK, reader.at(value.end)) && HEADER.test(rawName)) return undefined;
  if (!name.chosenByPeople && value.end - value.start < MIN_DRAWN) return undefined;
  const inCode = separator.sort === 'sign' && (isMember(rawName) || separator.tight === COLON);
  const judged = reader.text.slice(value.start, Math.min(value.end, value.start + JUDGED));
  const place = {
    quoted: value.quoted,
    inCode,
    chosenByPeople: name.chosenByPeople && (separator.sort !== 'is' || value.quoted),
    isWeak:
      name.isWeak === true ||
      (separator.sort === 'flag' && !rawName.startsWith('-') && !isLineOfFile(reader, rawName, value)),
    isConnection: separator.tight === EQUALS && isBetweenSemicolons(reader, nameStart, value.end),
    mayBePlain: name.chosenByPeople && mayBePlain(reader, { separator, value, nameStart, rawName, name }),
  };
  if (!isSecretValue(judged, place)) return undefined;
  // What was masked in it before stood in the way the first time, and has to again.
  if (reader.text.slice(value.start, value.end).includes(MASKED)) return undefined;
  const isCut = !value.quoted && value.end === value.start + JUDGED;
  const end = isCut ? reader.skip(TOKEN68, value.end, value.start + MAX_VALUE) : value.end;
  return { kind: name.kind, start: value.start, end };
}

/** Rejecting the short early keeps repeated names cheap. */
function minLengthAfter(reader: Reader, { sort }: Separator, anchorStart: number): number {
  return sort === 'flag' &&
    !isIn(UPPER_ALNUM, reader.at(anchorStart)) &&
    reader.before(anchorStart) !== HYPHEN &&
    !isIn(DOTTED, reader.before(anchorStart))
    ? MIN_SURE
    : MIN_LENGTH;
}

/** The second "s" of "password" is no plural. */
function isPassword(reader: Reader, anchorEnd: number): boolean {
  return reader.sees('sw', anchorEnd) || reader.sees('sp', anchorEnd) || reader.sees('sc', anchorEnd);
}

function suits(separator: Separator, rawName: string, name: SecretName): boolean {
  if (separator.sort === 'is' || separator.sort === 'blank') return name.chosenByPeople;
  return separator.sort !== 'call' || SETTER.test(rawName);
}

/** What takes a secret, not what looks for one or checks it: `setPassword(…)`, `.apiKey(…)`. */
const SETTER =
  /^(?:[\w.]*\.)?(?:set|with)?_?(?:db_?|user_?|admin_?)?(?:password|passwd|passphrase|secret|token|api_?key|access_?key|credentials?)$/i;

function needsQuotes({ sort }: Separator): boolean {
  return sort === 'argument' || sort === 'call' || sort === 'blank' || sort === 'comparison';
}

function isMember(name: string): boolean {
  const dot = name.indexOf('.');
  return dot > 0 && name.charCodeAt(dot) === DOT;
}

interface Found {
  readonly separator: Separator;
  readonly value: Value;
  readonly nameStart: number;
  readonly rawName: string;
  readonly name: SecretName;
}

/** Whether small letters may be a password here: in quotes, in an element, on a flag, in a file of settings. */
function mayBePlain(reader: Reader, { separator, value, nameStart, rawName, name }: Found): boolean {
  const { sort, tight } = separator;
  const length = value.end - value.start;
  const isLine = !value.quoted && sort === 'sign' && endsLine(reader, value.end);
  if (isAllCapitals(rawName)) return value.quoted || sort === 'element' || (tight === EQUALS && isLine);
  if (sort === 'is') return value.quoted;
  if (!name.isPlain || sort === 'argument' || sort === 'attribute' || length < MIN_ORDINARY) return false;
  if (sort === 'comparison') return true;
  // `{ password: "…" }` is what code looks like, tests and all; a name in quotes, or a `$name`, is what settings do.
  const isCode =
    sort === 'sign' && !isIn(QUOTES, reader.at(nameStart + rawName.length)) && reader.before(nameStart) !== DOLLAR;
  if (value.quoted) return length >= (isCode ? LONG_PLAIN : MIN_PLAIN);
  if (sort === 'element') return true;
  if (sort === 'flag') return rawName.startsWith('--') && endsLine(reader, value.end);
  if (!isLine || isMember(rawName)) return false;
  if (tight === EQUALS) return rawName.startsWith('--') || reader.beginsLine(nameStart);
  return tight === undefined && length >= MIN_PLAIN && reader.beginsLine(nameStart);
}

/** `ENV DB_PASSWORD value`: a variable's name, and nothing behind the value. */
function isLineOfFile(reader: Reader, rawName: string, value: Value): boolean {
  return rawName.includes('_') && isAllCapitals(rawName) && endsLine(reader, value.end);
}

/** As in a connection string: `Server=db;Uid=jo;Pwd=…;`. */
function isBetweenSemicolons(reader: Reader, nameStart: number, valueEnd: number): boolean {
  const last = reader.at(valueEnd);
  return reader.before(nameStart) === SEMICOLON && (last === SEMICOLON || last === -1 || isIn(QUOTES, last));
}

function isAllCapitals(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (isIn(LETTERS, code) && !isIn(UPPER_ALNUM, code)) return false;
  }
  return true;
}

function endsLine(reader: Reader, end: number): boolean {
  const code = reader.at(end);
  if (code === -1 || code === NEWLINE || code === 13) return true;
  const next = reader.skip(WHITESPACE, end, end + 4);
  return next > end && (reader.at(next) === HASH || reader.at(next) === NEWLINE || reader.at(next) === -1);
}
