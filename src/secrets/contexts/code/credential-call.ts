import { isIn, QUOTES, WHITESPACE, WORD } from '../../scan/alphabets.ts';
import {
  codesOf,
  CLOSERS,
  OPENERS,
  AT,
  BACKSLASH,
  COMMA,
  DOT,
  LESS,
  OPENING_BRACKET,
  OPENING_PARENTHESIS,
  SEMICOLON,
  SPACE,
} from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { quotedAt, textOf, type Literal } from '../literal.ts';
import { isMadeUp } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_GAP = 12;
const MAX_BLANKS = 24;
const MAX_ARGUMENT = 160;
const MAX_ARGUMENTS = 6;
const MAX_PLAIN_NAME = 40;
/** `utf8`, `HS256`: names of encodings and algorithms. */
const ENCODING = /^(?:utf|ucs|latin|base|cp|iso|sha|md|hs|rs|es|ps|aes|des|rc)[-_]?\d{1,4}$/i;
const LONG_NAME = 12;
const MIN_TOKEN = 30;
const MAX_ENDING = 16;
/** What programs print of an object, and sbt is given with the place before the user. */
const PRINTED = 'credentials(';
/** What Python and SQL write before a string; what has an `f` there is filled in first. */
const PREFIXES = codesOf('bBrRuUN');
/** How deep calls lie in one another in an argument. */
const MAX_DEPTH = 4;

/**
 * Calls that are given a user and a password as they stand, and which argument the password is, counted from one.
 * Names are as short as they can be without standing for other calls.
 */
const CALLS: readonly (readonly [name: string, argument: number])[] = [
  ['networkcredential', 2],
  ['usernamepasswordcredentials', 2],
  ['usernamepasswordcredential', 2],
  ['usernamepasswordauthenticationtoken', 2],
  ['passwordauthentication', 2],
  ['awscredentials', 2],
  ['staticcredentials', 2],
  ['httpbasicauth', 2],
  ['httpdigestauth', 2],
  ['httpproxyauth', 2],
  ['directoryentry', 3],
  ['getconnection', 3],
  ['mysql_connect', 3],
  ['mysql_pconnect', 3],
  ['mysqli_connect', 3],
  ['mysqli', 3],
  ['mysql.connect', 3],
  ['mysqldb.connect', 3],
  ['dbi->connect', 3],
  ['dbi.connect', 3],
  ['sequelize', 3],
  ['twilio', 2],
  ["twilio')", 2],
  ['twilio")', 2],
  ['twilio\\")', 2],
  ['pdo', 3],
  ['pdo->__construct', 3],
  ['mysqli->__construct', 3],
  ['create_user', 3],
  ['create_superuser', 3],
  ['pg_pconnect', 3],
  ['ftp_login', 3],
  ['ssh2_auth_password', 3],
  ['ldap_bind', 3],
  ['oci_connect', 2],
  ['odbc_connect', 3],
  ['oauth(', 2],
  ['oauth(', 4],
  ['oauth1(', 2],
  ['oauth1(', 4],
  ['oauthhandler(', 2],
  ['.login', 2],
  ['setbasicauth', 2],
  ['.authenticate', 2],
  ['username_pw_set', 2],
  ['wifi.begin', 2],
  ['ssh.connect', 4],
  ['basic_auth', 2],
  ['basicauth', 2],
  ['.auth', 2],
  ['auth=', 2],
  ['auth =', 2],
  [PRINTED, 2],
  ['plainauth', 3],
  ['simple_bind_s', 2],
  ['jwt.sign', 2],
  ['jwt.verify', 2],
  ['jwt.encode', 2],
  ['jwt.decode', 2],
  ['createhmac', 2],
  ['bcrypt.hash', 1],
  ['bcrypt.hashsync', 1],
  ['bcrypt.compare', 1],
  ['argon2.hash', 1],
  ['generate_password_hash', 1],
  ['password_hash', 1],
  ['make_password', 1],
  ['createcipheriv', 2],
  ['createdecipheriv', 2],
  ['fernet', 1],
  ['rest::client.new', 2],
  ['simplecredential', 2],
  ['sqlcredential', 2],
];

/** The password among the arguments of a call, when it is written out there. */
export const CREDENTIAL_CALL_ANCHORS: readonly Anchor[] = CALLS.map(([text, place]) =>
  anchorAt(text, (reader, start, end) => parseCall(reader, start, end, { text, place })),
);

interface Call {
  readonly text: string;
  readonly place: number;
}

function parseCall(reader: Reader, start: number, anchorEnd: number, { text, place: usual }: Call): Span | undefined {
  let place = usual;
  // `new PDO(…)`, `x.PDO(…)`, not the end of another name; a long name may have another ending: `Credentials`.
  if (text.length < LONG_NAME && isIn(WORD, text.charCodeAt(0)) && !startsToken(reader, start)) return undefined;
  const isOpened = text.endsWith('(');
  const isPrinted = text === PRINTED;
  const nameEnd = isOpened
    ? anchorEnd - 1
    : text.length < LONG_NAME
      ? anchorEnd
      : reader.skip(WORD, anchorEnd, anchorEnd + MAX_ENDING);
  const open = reader.skip(WHITESPACE, nameEnd, nameEnd + MAX_GAP);
  // `auth = ["user", "…"]`
  const isList = reader.at(open) === OPENING_BRACKET && text.endsWith('=');
  if (reader.at(open) !== OPENING_PARENTHESIS && !isList) return undefined;
  let index = open + 1;
  let hasLiteral = false;
  for (let argument = 1; argument <= MAX_ARGUMENTS; argument += 1) {
    const from = reader.skip(WHITESPACE, index, index + MAX_BLANKS);
    const literal =
      literalArgument(reader, from) ?? (isPrinted && argument === place ? printed(reader, from) : undefined);
    // `Credentials(realm, host, user, password)` of sbt.
    const goesOn =
      isPrinted &&
      literal?.quoted === true &&
      reader.at(reader.skip(WHITESPACE, literal.next, literal.next + MAX_BLANKS)) === COMMA;
    if (argument === place && goesOn) place = 4;
    if (argument === place && isPrinted && literal?.quoted === false) return spanOf(reader, literal);
    if (argument === place) return literal && hasLiteral ? spanOf(reader, literal) : spanOfLone(reader, literal);
    hasLiteral ||= literal !== undefined;
    if (argument === 1 && text === '.login' && literal !== undefined && isToken(reader, literal)) {
      return { kind: 'token', start: literal.start, end: literal.end };
    }
    const end = literal?.next ?? skipArgument(reader, from);
    const comma = end === undefined ? end : reader.skip(WHITESPACE, end, end + MAX_BLANKS);
    if (comma === undefined || reader.at(comma) !== COMMA) return undefined;
    index = comma + 1;
  }
  return undefined;
}

/** A string that is a whole argument: `"x"`, `@"x"`, `b'x'`, followed by a comma or a closing bracket. */
function literalArgument(reader: Reader, from: number): Literal | undefined {
  const isPrefixed = reader.at(from) === AT || (PREFIXES.has(reader.at(from)) && isIn(QUOTES, reader.at(from + 1)));
  const start = isPrefixed ? from + 1 : from;
  const code = reader.at(start);
  if (!isIn(QUOTES, code) && code !== BACKSLASH) return undefined;
  const literal = quotedAt(reader, start, MAX_ARGUMENT);
  if (literal === undefined) return undefined;
  const after = reader.at(reader.skip(WHITESPACE, literal.next, literal.next + MAX_BLANKS));
  return after === COMMA || CLOSERS.has(after) || after === DOT ? literal : undefined;
}

/** What a program prints of an object: `Credentials(bob,…)`; only a password that is no name counts. */
function printed(reader: Reader, from: number): Literal | undefined {
  let end = from;
  while (end - from < MAX_ARGUMENT && mayBePrinted(reader.at(end))) end += 1;
  const isWhole = reader.at(end) === COMMA || CLOSERS.has(reader.at(end));
  const text = reader.text.slice(from, end);
  return isWhole && isMadeUp(text) ? { quoted: false, start: from, end, next: end } : undefined;
}

function mayBePrinted(code: number): boolean {
  return code > SPACE && code !== COMMA && !CLOSERS.has(code) && !OPENERS.has(code) && !isIn(QUOTES, code);
}

/** Past an argument that is no string, or undefined where the call ends or is too long to be one. */
function skipArgument(reader: Reader, from: number): number | undefined {
  let depth = 0;
  for (let index = from; index - from < MAX_ARGUMENT; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === SEMICOLON || code === LESS) return undefined;
    if (isIn(QUOTES, code)) {
      const literal = quotedAt(reader, index, MAX_ARGUMENT);
      if (literal === undefined) return undefined;
      index = literal.next - 1;
    } else if (OPENERS.has(code)) {
      depth += 1;
      if (depth > MAX_DEPTH) return undefined;
    } else if (CLOSERS.has(code)) {
      if (depth === 0) return undefined;
      depth -= 1;
    } else if (code === COMMA && depth === 0) return index;
  }
  return undefined;
}

/** What a bot logs in with: `client.login("…")`. */
function isToken(reader: Reader, { start, end, next }: Literal): boolean {
  const isAlone = CLOSERS.has(reader.at(reader.skip(WHITESPACE, next, next + MAX_BLANKS)));
  const token = reader.text.slice(start, end);
  return (
    isAlone && token.length >= MIN_TOKEN && !/\s/.test(token) && /\d/.test(token) && looksDrawn(token, 0, token.length)
  );
}

function spanOf(reader: Reader, literal: Literal): Span | undefined {
  const text = textOf(reader, literal);
  const isText = /\s.*\s.*\s.*\s/.test(text) || text.startsWith('/') || text.startsWith('./');
  return isText || isStandIn(text) ? undefined : { kind: 'password', start: literal.start, end: literal.end };
}

/** Where the user is no literal, only what no name or word can be counts as a password. */
function spanOfLone(reader: Reader, literal: Literal | undefined): Span | undefined {
  if (literal === undefined) return undefined;
  const text = textOf(reader, literal);
  const isName = ENCODING.test(text) || (text.length <= MAX_PLAIN_NAME && /^[A-Za-z_.\s-]*$/.test(text));
  return isName ? undefined : spanOf(reader, literal);
}
