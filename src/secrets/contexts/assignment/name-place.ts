import { skipBackslashes } from '../backslashes.ts';
import { BLANK, DOTTED, isIn, QUOTES, TOKEN68 } from '../../scan/alphabets.ts';
import {
  BACKSLASH,
  COLON,
  COMMA,
  NEWLINE,
  OPENING_BRACE,
  OPENING_PARENTHESIS,
  SLASH,
  SPACE,
  TAB,
} from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isWordy } from '../../judge/wordy.ts';
import { isAllCapitals } from './found.ts';
import type { Separator } from './separator.ts';
import { JUDGED, type Value } from './value.ts';

const MAX_BLANKS = 8;
const MAX_CALLEE = 48;
const MAX_ESCAPES = 8;
/** What stands before a symbol of Ruby's: what is read in pieces may begin with one. */
const MAY_LEAD = new Set([-1, SPACE, TAB, NEWLINE, OPENING_BRACE, OPENING_PARENTHESIS]);
/** What is given the name of a variable, and a value for when there is none. */
const TAKES_DEFAULT = /(?:env|environ\.get|env\.fetch)$/i;
/** What takes a name and a value: `define(…)`, `setProperty(…)`, `new NameValuePair(…)`. */
const TAKES_PAIR =
  /(?:define|set\w*|put\w*|add\w*|append|header|env|param\w*|pair|property|entry|option|field|with\w*)$/i;
/** `last_name2`, `sessions.*`, `scram-sha-256` */
const NUMBERED_NAME = /^(?:[A-Za-z]+\d{0,3}[_.*-])*[A-Za-z*]+[_-]?(?:\d{0,2}|(?<=\b(?:sha|aes|hmac)-)\d{3})$/;
/** `WPA2_PSK`, `HTTP200ALIASES` */
const CONSTANT = /^(?!(?:.*?\d+){4})[A-Z]+\d{0,4}(?:_?[A-Z]+\d{0,4}|_\d{1,4})*$/;
/** `s3:GetObject` */
const RIGHT = /^[a-z\d-]+:[A-Z][A-Za-z*]+$/;
/** `MLKEM768PublicKey` */
const NAME_OF_KEY = /(?:Key|Token|Password|Secret|Credentials?)s?$/;
/** A name to which a string is joined: `+dir`, `+ getName(`. */
const JOINED = /^\+\s?[A-Za-z_$][\w$.]*(?:[()[\],;+]|$)/;

/**
 * Whether the quote that seems to open a value closes the string that the name ends: `"PWD="+dir`, and what follows is
 * code.
 */
export function endsString(reader: Reader, { value, nameStart, rawName, separator }: Pair): boolean {
  const isBare = reader.at(nameStart + rawName.length) === separator.tight;
  if (!value.quoted || separator.tight === undefined || !isBare) return false;
  const closes =
    reader.before(nameStart) === reader.at(value.start - 1) &&
    escapesOf(reader, nameStart - 1) === escapesOf(reader, value.start - 1);
  return closes || JOINED.test(reader.text.slice(value.start, value.end));
}

/** How deep in strings of strings a quote stands: one within another does not end that. */
function escapesOf(reader: Reader, quote: number): number {
  let start = quote;
  while (quote - start < MAX_ESCAPES && reader.before(start) === BACKSLASH) start -= 1;
  return quote - start;
}

/** Whether a name and what follows it are members of a list, or a value is a name itself: `"password", "role_2"`. */
export function isListed(reader: Reader, { value, nameStart, rawName, separator }: Pair, text: string): boolean {
  if (separator.sort !== 'argument') return false;
  if (isKey(reader, value.end)) return true;
  const before = reader.before(nameStart);
  // `{password,"…"}` of Erlang, `{:password, "…"}` of Elixir, `:password, "…"` of Ruby; elsewhere a name without quotes
  // before a string is an argument beside it.
  if (!isIn(QUOTES, reader.at(nameStart + rawName.length)) && reader.at(nameStart + rawName.length) === COMMA) {
    return before !== OPENING_BRACE && !(before === COLON && MAY_LEAD.has(reader.before(nameStart - 1)));
  }
  // `"ec2:GetPasswordData", "s3:GetObject"`, `"/etc/passwd", "x"`
  if (before === COLON || before === SLASH || RIGHT.test(text)) return true;
  const callee = calleeBefore(reader, nameStart - 1);
  if (callee !== undefined && TAKES_DEFAULT.test(callee)) return false;
  const isConstant = isAllCapitals(rawName);
  if (isConstant && CONSTANT.test(text)) return true;
  const isName = isWordy(text) || NUMBERED_NAME.test(text) || NAME_OF_KEY.test(text);
  if (!isName || (rawName.includes('_') && isConstant)) return false;
  return callee === undefined || !TAKES_PAIR.test(callee);
}

/** What is called with the string that begins at `open`. */
function calleeBefore(reader: Reader, open: number): string | undefined {
  if (reader.before(open) !== OPENING_PARENTHESIS) return undefined;
  let start = open - 1;
  while (open - start < MAX_CALLEE && isIn(DOTTED, reader.before(start))) start -= 1;
  return reader.text.slice(start, open - 1);
}

/** `"name":` */
function isKey(reader: Reader, end: number): boolean {
  const index = skipBackslashes(reader, end);
  if (!isIn(QUOTES, reader.at(index))) return false;
  return reader.at(reader.skip(BLANK, index + 1, index + 1 + MAX_BLANKS)) === COLON;
}

interface Pair {
  readonly separator: Separator;
  readonly value: Value;
  readonly nameStart: number;
  readonly rawName: string;
}

/**
 * Whether a name is part of a path: `arn:…:secret:name`, `Scope::ApiKey: …`, the file of accounts that a search names; what
 * stands before the line of a file is none.
 */
export function isPartOfPath(
  reader: Reader,
  { nameStart, rawName, separator }: Pick<Pair, 'nameStart' | 'rawName' | 'separator'>,
): boolean {
  const before = reader.before(nameStart);
  if (before === SLASH) return rawName === 'passwd' && isAccount(reader, separator);
  if (before !== COLON || separator.sign !== COLON) return false;
  return !endsPlace(reader, nameStart - 1) && !isHiera(reader, nameStart);
}

/** Whether a colon ends what stands before a line that was searched for: `src/app.yml:12:name: value`. */
function endsPlace(reader: Reader, colon: number): boolean {
  let start = colon;
  while (colon - start < MAX_PLACE && isIn(TOKEN68, reader.before(start))) start -= 1;
  const before = reader.before(start);
  if (before === BACKSLASH) start += 1;
  const isFirst = before === BACKSLASH || isIn(QUOTES, before) || reader.beginsLine(start);
  return isFirst && (start === colon || PLACE.test(reader.text.slice(start, colon)));
}

/** Whether a line begins with the path that leads to a name in data of Puppet or Pulumi: `profile::db::password: value`. */
function isHiera(reader: Reader, nameStart: number): boolean {
  let start = nameStart;
  while (nameStart - start < MAX_PLACE && isIn(TOKEN68, reader.before(start))) start -= 1;
  return reader.beginsLine(start) && HIERA.test(reader.text.slice(start, nameStart));
}

const HIERA = /^(?:(?:[a-z]\w*::)+|[a-z][\w-]*:)$/;

const MAX_PLACE = 256;
/** A file, and the numbers of the line and the column. */
const PLACE = /^[^:]*[\w)]\.\w{1,12}(?::\d{1,7}){0,2}$|^[^:]+(?::\d{1,7}){1,2}$|^\d{1,7}(?::\d{1,7})?$/;

/** `/etc/passwd:jo:x:1000:1000:…`, as a search prints it, behind the number of the line or not: a file, and no name. */
function isAccount(reader: Reader, { tight, valueStart }: Separator): boolean {
  if (tight !== COLON) return false;
  let end = valueStart;
  while (end - valueStart < JUDGED && reader.at(end) > SPACE) end += 1;
  return ACCOUNT.test(reader.text.slice(valueStart, end));
}

const ACCOUNT = /^(?:\d{1,6}:)?[a-z_][\w.-]{0,31}\$?:[x*!]{0,2}:\d{1,10}:\d{1,10}:/;
