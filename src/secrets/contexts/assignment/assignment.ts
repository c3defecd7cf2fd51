import { endsLine, isRow } from './line-end.ts';
import { textOf, WHITE_ESCAPES } from '../literal.ts';
import { skipBackslashes } from '../backslashes.ts';
import {
  BLANK,
  DOTTED,
  isIn,
  LOWER_CASE,
  NAME_LETTERS,
  QUOTES,
  TOKEN68,
  VALUE_STOPS,
  WHITESPACE,
} from '../../scan/alphabets.ts';
import {
  AMPERSAND,
  BACKSLASH,
  BACKTICK,
  BAR,
  COLON,
  COMMA,
  EQUALS,
  EXCLAMATION,
  GREATER,
  HYPHEN,
  LESS,
  LETTER_S,
  NEWLINE,
  OPENING_BRACKET,
  OPENING_PARENTHESIS,
  QUESTION,
  RETURN,
  SEMICOLON,
  SLASH,
  TAB,
} from '../../scan/codes.ts';
import { foldCase } from '../../scan/reader.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Parse, Span } from '../../scan/span.ts';
import { FOREIGN_PASSWORDS, mentionIn, secretNameOf, type SecretName } from './secret-name.ts';
import { BARE_PASS, type Found } from './found.ts';
import { isMadeFromOther } from './made-from.ts';
import { mayBePlain } from './plain-place.ts';
import { isInConnection, isWeakPlace, mayBeStrong } from './weak-place.ts';
import { isSecretValue } from './secret-value.ts';
import { separatorAfter, writtenTabAfter, type Separator } from './separator.ts';
import { cellsBelow, isSecretCell, isTypeOfColumn } from './columns.ts';
import { htmlCells } from './html-cells.ts';
import { listedSecrets } from './listed.ts';
import { siblingAfter } from './sibling.ts';
import { isSurelyPassword } from './sure-place.ts';
import { isInCode, mayBeChosen, mayBeNumber } from './value-place.ts';
import { endsString, isListed, isPartOfPath } from './name-place.ts';
import { isMadeUp, isMixedWord, isStrongWord, namesScheme } from '../../judge/strong-word.ts';
import { isTangled } from '../../judge/tangled.ts';
import { JUDGED, MAX_VALUE, valueAt, type Value } from './value.ts';
import { wideValueAt, type Notation } from './wide-value.ts';

const HEADER = /authorization$/i;
/** The rest of a colour: `ESC[32m`. */
const COLOUR = /^\d{1,3}m/;
const MASKED = '[REDACTED:';
/** What programs call a pattern as well: `pat = r"(\d{4})"`; no token has signs of one. */
const NAMES_PATTERN = /(?:^|[^a-z])pat\s*$/i;
const PLAIN_TOKEN = /^[\w.~+/=-]+$/;
const MAX_NAME = 64;
const MAX_BLANKS = 16;
/** No secret is shorter. */
const MIN_LENGTH = 4;
const MIN_DRAWN = 8;
const MIN_STRONG = 8;
/** A token in a sentence: most sentences about tokens go on with a word. */
const MIN_SAID = 14;

/** Names too short to be looked for without the sign behind them. */
const SHORT_NAMES = [
  'pw:',
  'senha:',
  'senha=',
  'pat=',
  'pat =',
  'pat:',
  'pat"',
  'pat\\',
  'pat<',
  '_pin=',
  '_pin:',
  '"pin"',
  'pin\\"',
  '-pw ',
  'pw=',
  'pw>',
  'pw ',
  'pw(',
  'pw"',
  "pw'",
  'pw\\',
  'pw는',
  '비번:',
  '비번 ',
  '비번(',
  '비번은',
  '암호:',
  '密码:',
  '密码：',
  '密碼:',
  '密碼：',
];

/**
 * Values with a telling name: `PASSWORD=…`, `"client_secret": "…"` (in JSON inside a string too), `token: …` in
 * YAML, `apiKey = '…'`, `--api-key …`, `<add key="ApiPassword" value="…">`, `<password>…</password>`,
 * `define('DB_PASSWORD', '…')`, `setPassword("…")`, `PASSWORD '…'` in SQL, `password is …`.
 */
export const ASSIGNMENT_ANCHORS: readonly Anchor[] = [
  'pass',
  'pwd',
  'pswd',
  'pswrd',
  'secr',
  'token',
  'cred',
  // No plural of the one before it, but a word of its own.
  'creds',
  'auth',
  '_bearer',
  '_pat',
  '-pat',
  'asword',
  '_pw',
  'bindpw',
  'psk',
  'kennwort',
  ...FOREIGN_PASSWORDS.filter((word) => word.length > 2),
  'bw session',
  ...'bw_session bw.session bwsession op_session op.session opsession'.split(' '),
  // A bare "key" would stop the pass at every "token" and "make"; these are the letters that may come before one.
  ...Array.from('_-.istergnhdpcm', (letter) => `${letter}key`),
  ...'authentication activation api app access secret private unseal recovery license account auth function storage subscription encryption master'
    .split(' ')
    .map((word) => `${word} key`),
]
  .map((text) => ({ text, exact: false, parse: parseAssignment }))
  // `acmeboxKey`: behind any other letter only where a capital begins the word.
  .concat(Array.from('abfjkloquvwxyz', (letter) => ({ text: `${letter}Key`, exact: true, parse: parseAssignment })))
  .concat(SHORT_NAMES.map((text) => ({ text, exact: false, parse: parseShortName })));

export const ASSIGNMENT_KINDS = ['password', 'secret', 'token', 'api-key'];

function parseShortName(reader: Reader, anchorStart: number, anchorEnd: number): ReturnType<Parse> {
  return parseAssignment(reader, anchorStart, anchorEnd - 1);
}

function parseAssignment(reader: Reader, anchorStart: number, anchorEnd: number): ReturnType<Parse> {
  // A plural counts or lists: `input_tokens`, `keys`.
  if (foldCase(reader.at(anchorEnd)) === LETTER_S && !isPassword(reader, anchorEnd)) {
    return listedAfter(reader, nameStartOf(reader, anchorStart, anchorEnd), anchorEnd);
  }
  const nameEnd = withoutMethod(reader, anchorEnd, reader.skip(DOTTED, anchorEnd, anchorEnd + MAX_NAME));
  // Nothing has so long a name.
  if (nameEnd === anchorEnd + MAX_NAME) return undefined;
  // `password_data->item`
  if (reader.at(nameEnd - 1) === HYPHEN && reader.at(nameEnd) === GREATER) return undefined;
  const nameStart = nameStartOf(reader, anchorStart, anchorEnd);
  const rawName = reader.text.slice(nameStart, nameEnd);
  const name = secretNameOf(rawName) ?? (mayLeadToMadeUp(reader, nameEnd) ? mentionIn(rawName) : null);
  if (name === null) return undefined;
  if (name.isMention === true && rawName.endsWith('s')) {
    const listed = listedAfter(reader, nameStart, nameEnd - 1);
    if (listed !== undefined) return listed;
  }
  const separator = writtenTabAfter(reader, nameStart, nameEnd) ?? separatorAfter(reader, nameEnd);
  const named = { anchorStart, nameStart, nameEnd, rawName, name };
  return (separator && pairAt(reader, named, separator)) ?? apartFrom(reader, named, separator);
}

/** Most names that only mention a secret are those of functions and of what they are given. */
function mayLeadToMadeUp(reader: Reader, nameEnd: number): boolean {
  const at = reader.skip(BLANK, nameEnd, nameEnd + MAX_BLANKS);
  const next = reader.at(at);
  return isIn(QUOTES, next) || LEADS_TO_MADE_UP.has(next) || reader.sees('value', at);
}

/** What a name leads to that ends at `nameEnd`, before the sign of its plural. */
function listedAfter(reader: Reader, nameStart: number, nameEnd: number): readonly Span[] | undefined {
  const next = reader.at(nameEnd + 1);
  if (!isIn(BLANK | QUOTES, next) && !LEADS_TO_LIST.has(next)) return undefined;
  const name = secretNameOf(reader.text.slice(nameStart, nameEnd));
  if (name === null || name.isWeak === true) return undefined;
  const values = listedSecrets(reader, nameEnd + 1, name);
  return values.length === 0 ? undefined : values.map(({ start, end }) => ({ kind: name.kind, start, end }));
}

const LEADS_TO_MADE_UP = new Set([COLON, EQUALS, EXCLAMATION, GREATER, BACKSLASH, OPENING_BRACKET]);
const LEADS_TO_LIST = new Set([COLON, EQUALS, BACKSLASH]);

/** Where a name ends that is compared with a string by its method: `password.equals("…")`. */
function withoutMethod(reader: Reader, from: number, end: number): number {
  if (reader.at(end) !== OPENING_PARENTHESIS) return end;
  return end - (COMPARING.exec(reader.text.slice(from, end))?.[0].length ?? 0);
}

const COMPARING = /\.(?:equals(?:IgnoreCase)?|contentEquals|compareTo|eql)$/i;

/** A name that may lead to a secret. */
interface Named {
  readonly anchorStart: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly rawName: string;
  readonly name: SecretName;
}

/** A value that stands apart from its name: in another field of the object, in the rows below. */
function apartFrom(reader: Reader, named: Named, separator: Separator | undefined): ReturnType<Parse> {
  const { nameStart, nameEnd, name } = named;
  if ((separator !== undefined && !LEADS_APART.has(separator.sort)) || !mayLeadApart(reader, nameEnd)) return undefined;
  if (name.isWeak === true) return undefined;
  const cells = isCellOfHtml(reader, nameEnd) ? htmlCells(reader, nameEnd) : cellsBelow(reader, nameStart, nameEnd);
  const secret = cells.filter((cell) => isSecretCell(textOf(reader, cell), name.kind));
  if (secret.length > 0) return secret.map(({ start, end }) => ({ kind: name.kind, start, end }));
  const sibling = siblingAfter(reader, nameStart, nameEnd);
  return sibling && pairAt(reader, named, sibling);
}

/** Whether a cell of a table ends behind the name, on the next line perhaps. */
function isCellOfHtml(reader: Reader, nameEnd: number): boolean {
  const end = reader.skip(WHITESPACE, nameEnd, nameEnd + MAX_BLANKS);
  return (
    reader.at(end) === LESS &&
    reader.at(end + 1) === SLASH &&
    (reader.sees('th>', end + 2) || reader.sees('td>', end + 2))
  );
}

/** Most names lead nowhere: what follows one that does is a quote, the end of a cell or that of a line. */
function mayLeadApart(reader: Reader, nameEnd: number): boolean {
  const next = reader.at(reader.skip(BLANK, nameEnd, nameEnd + MAX_NAME));
  return isIn(QUOTES, next) || APART.has(next) || reader.at(nameEnd) === TAB;
}

const APART = new Set([BACKSLASH, LESS, NEWLINE, RETURN, COMMA, BAR]);

/** What may stand behind a name that is a value itself, or the head of a column. */
const LEADS_APART: ReadonlySet<Separator['sort']> = new Set([
  'argument',
  'cell',
  'attribute',
  'flag',
  'blank',
] as const);

function pairAt(reader: Reader, named: Named, separator: Separator): ReturnType<Parse> {
  const { nameStart, rawName, name } = named;
  if (!suits(separator, rawName, name) || leadsToItself(reader, named, separator)) return undefined;
  const narrow = valueAt(reader, separator.valueStart, separator.sort === 'is');
  const mayBeWider =
    narrow?.quoted !== true && TAKES_WORD.has(separator.sort) && isIn(VALUE_STOPS, stopAt(reader, separator, narrow));
  const changed = narrow?.quoted === true ? changedTo(reader, narrow.end) : undefined;
  const isShort = narrow === undefined || narrow.end - narrow.start < minLengthAfter(reader, separator, named);
  if (!mayBeWider && isShort && changed === undefined) return undefined;
  if (needsQuotes(separator) && narrow?.quoted !== true) return undefined;
  if (separator.sign === COMMA && !isRowOfTwo(reader, nameStart, narrow)) return undefined;
  if (isPartOfPath(reader, { nameStart, rawName, separator })) return undefined;
  const isOption = separator.sort !== 'flag' || rawName.startsWith('-') || separator.isColumn === true;
  const wide =
    mayBeWider && isOption && name.isPin !== true ? widened(reader, separator, narrow, nameStart) : undefined;
  const isWide =
    wide !== undefined &&
    !holdsMasked(reader, wide) &&
    (name.chosenByPeople ||
      ((name.isWeak !== true || name.isMention === true) &&
        !NAMES_PATTERN.test(rawName) &&
        isTangled(textOf(reader, wide)))) &&
    (separator.isColumn !== true || isRow(reader, { separator, value: wide, nameStart, rawName, name }));
  if (isWide) return { kind: name.kind, start: wide.start, end: wide.end };
  if (narrow === undefined) return undefined;
  const found = { separator, value: narrow, nameStart, rawName, name };
  const span = isSecretAt(reader, found) ? spanOf(reader, name, narrow) : undefined;
  const isChanged = changed !== undefined && isSecretAt(reader, { ...found, value: changed });
  const second = isChanged ? spanOf(reader, name, changed) : undefined;
  return second === undefined ? span : [...(span === undefined ? [] : [span]), second];
}

/** `name,value` alone on its line, and no type of a column. */
function isRowOfTwo(reader: Reader, nameStart: number, value: Value | undefined): boolean {
  return (
    value !== undefined &&
    reader.beginsLine(nameStart) &&
    endsLine(reader, value.end) &&
    !isTypeOfColumn(textOf(reader, value))
  );
}

/** `password=(password=(`: the next one of that name looks after itself, or each would be judged with all behind it. */
function leadsToItself(reader: Reader, { nameEnd, rawName }: Named, { valueStart }: Separator): boolean {
  const first = reader.at(valueStart);
  if (isIn(QUOTES, first)) return false;
  const from = isIn(DOTTED, first) ? valueStart : valueStart + 1;
  return reader.at(from + rawName.length) === reader.at(nameEnd) && reader.text.startsWith(rawName, from);
}

/** The value that it is changed to: `"old" -> "new"`, as plans have it. */
function changedTo(reader: Reader, end: number): Value | undefined {
  const arrow = skipBackslashes(reader, end) + 1;
  return reader.sees(' -> ', arrow) && isIn(QUOTES, reader.at(arrow - 1)) ? valueAt(reader, arrow + 4) : undefined;
}

/** What may lead to a value without quotes that has any sign in it. */
const TAKES_WORD: ReadonlySet<Separator['sort']> = new Set(['sign', 'flag', 'element'] as const);

/** The character that a value without quotes ended at, or the one it could not begin with. */
function stopAt(reader: Reader, { valueStart }: Separator, narrow: Value | undefined): number {
  if (narrow !== undefined) return reader.at(narrow.end);
  let end = reader.skip(NAME_LETTERS, valueStart, valueStart + JUDGED);
  // Another pair begins there.
  if (reader.at(end) === EQUALS) return EQUALS;
  while (end - valueStart < JUDGED && reader.at(end) > 32 && !isIn(VALUE_STOPS, reader.at(end))) end += 1;
  return reader.at(end);
}

function widened(
  reader: Reader,
  separator: Separator,
  narrow: Value | undefined,
  nameStart: number,
): Value | undefined {
  const before = reader.before(nameStart);
  // In a query `&` ends a value.
  if (separator.tight === EQUALS && (before === QUESTION || before === AMPERSAND)) return undefined;
  let notation: Notation = separator.sort === 'element' ? 'element' : 'word';
  if (separator.isColumn === true && reader.beginsLine(nameStart)) notation = 'row';
  if (before === SEMICOLON && separator.tight === EQUALS) notation = 'connection';
  return wideValueAt(reader, separator.valueStart, narrow?.end ?? separator.valueStart, notation);
}

/** Where the name begins that an anchor is part of. */
function nameStartOf(reader: Reader, anchorStart: number, anchorEnd: number): number {
  let nameStart = anchorStart;
  while (anchorStart - nameStart < MAX_NAME && isIn(DOTTED, reader.before(nameStart))) nameStart -= 1;
  if (reader.before(nameStart) === OPENING_BRACKET || reader.before(nameStart) === SEMICOLON) {
    nameStart += COLOUR.exec(reader.text.slice(nameStart, anchorEnd))?.[0].length ?? 0;
  }
  // `\n` written out: its letter is no part of the name.
  const isEscape = reader.before(nameStart) === BACKSLASH && WHITE_ESCAPES.has(reader.at(nameStart));
  return isEscape && nameStart < anchorStart ? nameStart + 1 : nameStart;
}

function isSecretAt(reader: Reader, found: Found): boolean {
  const { separator, value, nameStart, rawName, name } = found;
  // The scheme of a header, and no credentials: another parser knows those.
  if (!value.quoted && isIn(BLANK, reader.at(value.end)) && HEADER.test(rawName)) return false;
  if (!name.chosenByPeople && value.end - value.start < MIN_DRAWN) return false;
  const pair = CREDENTIALS.test(rawName) ? USER_AND.exec(reader.text.slice(value.start, value.end)) : null;
  if (pair !== null) return isMadeUp(pair[1] ?? '');
  const judged = readable(reader.text.slice(value.start, Math.min(value.end, value.start + JUDGED)));
  if (name.isWeak === true && FINGERPRINT.test(judged) && NAMES_FINGERPRINT.test(rawName)) return false;
  if (name.isMention === true && !isTangled(judged)) return false;
  if (isMadeFromOther(reader, value, name.chosenByPeople)) return false;
  if (isSurelyPassword(reader, found, judged)) return true;
  if (isVerdict(reader, found, judged) || endsString(reader, found) || isListed(reader, found, judged)) return false;
  // `pass` is a verb there.
  if (BARE_PASS.test(rawName) && VERBAL.has(separator.sort) && !isMadeUp(judged) && !isMixedWord(judged)) return false;
  if (separator.isNote === true && namesScheme(judged)) return false;
  if (NAMES_PATTERN.test(rawName) && !PLAIN_TOKEN.test(judged)) return false;
  if (name.isPin === true) return /^\d{6,12}$/.test(judged);
  if (name.isHandle === true && UUID.test(judged)) return false;
  const place = {
    quoted: value.quoted,
    inHeader: isIn(QUOTES, reader.before(nameStart)) && reader.before(nameStart) === reader.at(value.end),
    inCode: isInCode(reader, found),
    chosenByPeople: name.chosenByPeople && (separator.sort !== 'is' || value.quoted),
    isWeak: name.isWeak === true || isWeakPlace(reader, found),
    mayBeStrong: mayBeStrong(reader, found),
    isConnection: isInConnection(reader, found),
    mayBePlain: mayBePlain(reader, found),
    mayBeNumber: name.isPlain && mayBeNumber(found),
    mayBeChosen: name.kind !== 'api-key' && mayBeChosen(reader, found),
  };
  // Prose has lists of names between backticks: `OAuth`, `AWS4`.
  if (separator.sort === 'argument' && reader.before(value.start) === BACKTICK) return false;
  // `paths: ['users.password', 'users[0].name']` lists names.
  if (separator.sort === 'argument' && rawName.includes('.') && LISTED_NAME.test(judged)) return false;
  // What is strong in a sentence is strong in a column and a cell as well, though it may look like a name there.
  const isInTable = isRow(reader, found) || (separator.sort === 'cell' && !value.quoted);
  const isStrong = isInTable && isSecretValue(judged, { ...place, isWeak: true });
  return (isStrong || isSecretValue(judged, place)) && !repeatsName(rawName, judged);
}

function spanOf(reader: Reader, name: SecretName, value: Value): Span | undefined {
  if (holdsMasked(reader, value)) return undefined;
  const next = value.quoted ? undefined : continuedAt(reader, value.end);
  if (next !== undefined)
    return { kind: name.kind, start: value.start, end: reader.skip(TOKEN68, next, next + MAX_VALUE) };
  const isCut = !value.quoted && value.end === value.start + JUDGED;
  const end = isCut ? reader.skip(TOKEN68, value.end, value.start + MAX_VALUE) : value.end;
  return { kind: name.kind, start: value.start, end };
}

/** Where a value goes on that ends in a backslash at the end of its line; undefined when it does not. */
function continuedAt(reader: Reader, end: number): number | undefined {
  const isContinued =
    reader.at(end) === BACKSLASH && reader.at(end + 1) === NEWLINE && isIn(TOKEN68, reader.at(end + 2));
  return isContinued ? end + 2 : undefined;
}

/** The fingerprint of a key of PGP, and names that say that it is one: `gpg-install-key`, `releaseManagerKey`. */
const FINGERPRINT = /^[\dA-F]{40}$/;
const NAMES_FINGERPRINT = /fingerprint|(?:^|[._-])(?:gpg|pgp)[._-]|release[._-]?manager[._-]?key$/i;

/** What was masked in it before stood in the way the first time, and has to again. */
function holdsMasked(reader: Reader, { start, end }: Value): boolean {
  return reader.text.slice(start, end).includes(MASKED);
}

/** `creds: user:password` */
const CREDENTIALS = /(?:creds|credentials|auth|login)$/i;
const USER_AND = /^[A-Za-z][\w.@-]{1,31}:(\S{8,64})$/;

/** Letters of other alphabets that are written as escapes, as letters: most such values are captions. */
function readable(value: string): string {
  return value.includes('\\u') ? value.replace(FOREIGN_LETTER, 'a') : value;
}

const FOREIGN_LETTER = /\\u(?!00[0-7])[\da-f]{4}|\\u?[\da-f]{0,3}$/gi;

/** `auth_psk "auth-psk"`: a word for the thing, not the thing. */
function repeatsName(name: string, value: string): boolean {
  const words = plainOf(value);
  return words.length >= MIN_LENGTH && plainOf(name).includes(words);
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z\d]/g, '');
}

/** `PASS: name-of-a-test`; what is no name in any test is a password all the same. */
function isVerdict(reader: Reader, { separator, value, nameStart, rawName }: Found, text: string): boolean {
  if (value.quoted || separator.sign !== COLON || rawName !== 'PASS' || reader.before(nameStart) === SLASH)
    return false;
  // Most names of tests have no such sign: to look for one costs least.
  return !/[!@#$%^&*~+?]/.test(text) || text.includes('/') || !isStrongWord(text);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Rejecting the short early keeps repeated names cheap. */
function minLengthAfter(reader: Reader, { sort }: Separator, { anchorStart, name }: Named): number {
  if (sort === 'is' && (name.kind === 'token' || name.kind === 'api-key')) return MIN_SAID;
  return sort === 'flag' &&
    isIn(LOWER_CASE, reader.at(anchorStart)) &&
    reader.before(anchorStart) !== HYPHEN &&
    !isIn(DOTTED, reader.before(anchorStart))
    ? MIN_STRONG
    : MIN_LENGTH;
}

/** The second "s" of "password" is no plural. */
function isPassword(reader: Reader, anchorEnd: number): boolean {
  return reader.sees('sw', anchorEnd) || reader.sees('sp', anchorEnd) || reader.sees('sc', anchorEnd);
}

function suits(separator: Separator, rawName: string, name: SecretName): boolean {
  if (separator.sort === 'is' && name.isWeak === true) return false;
  // What a function is given, unless the name is one that people write down; what is drawn is told by itself.
  if (separator.isNote === true && name.chosenByPeople && !isNoted(rawName)) return false;
  return separator.sort !== 'call' || SETTER.test(rawName) || isBuilder(rawName);
}

/** Whether a name is the bare word for a password, in whatever language. */
function isNoted(name: string): boolean {
  return NOTED.test(name) || FOREIGN_PASSWORDS.includes(name);
}

const NOTED = /^(?:pass|passwd|password|pwd|pw)$/i;

/** What takes a secret, not what looks for one or checks it: `setPassword(…)`, `.apiKey(…)`. */
const SETTER =
  /^(?:[\w.]*\.)?(?:set|with)?_?(?:db_?|user_?|admin_?|old_?)?(?:password|passwd|passphrase|secret|token|api_?key|access_?key|credentials?)$/i;

/** `users.*.name`, `users[0].name` */
const LISTED_NAME = /^(?!.*[A-Za-z\d]{16})[\w$-]+(?:\[[\w*]{1,20}\])*(?:\.[\w$*-]+(?:\[[\w*]{1,20}\])*)+$/;

const VERBAL = new Set(['is', 'blank', 'flag', 'cell']);

/** `.azure_api_key(…)`, `client.setNomadToken(…)`, but not what asks for one: `.verifyToken(…)`. */
function isBuilder(rawName: string): boolean {
  const method = rawName.slice(rawName.lastIndexOf('.') + 1);
  return rawName.length > method.length && !ASKING.test(method);
}

const ASKING =
  /^(?:get|is|has|check|verify|validate|find|parse|decode|hash|compare|encode|encrypt|decrypt|reset|forgot|generate|create|make|new|lookup|search|match|test|expect|assert|read|load|fetch|use|remove|delete|revoke|add|by|require|confirm|from|to)(?:_|[A-Z]|$)/;

function needsQuotes({ sort }: Separator): boolean {
  return sort === 'argument' || sort === 'call' || sort === 'blank' || sort === 'comparison';
}
