import { passwordSpan } from '../password-span.ts';
import { BLANK, isIn, QUOTES, TOKEN68, UPPER_ALNUM, WORD } from '../../scan/alphabets.ts';
import { BACKSLASH, CLOSING_BRACE, COLON, EQUALS, GREATER, SLASH, UNDERSCORE } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { literalAt, textOf } from '../literal.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { isStrongWord } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_BLANKS = 16;
const MAX_HOST = 64;
const MAX_VALUE = 256;
const MAX_SECTION = 120;
const MIN_KEY = 12;
/** What the key of a section is called in it. */
const SECTION_KEYS = ['key', 'secret', 'signingkey', 'result'];

/**
 * Settings that hold a password and nothing else, though their names do not say so: that of SSSD's account, what
 * nodes of Erlang let one another in with, Bundler's for a server, `BUNDLE_GEMS__EXAMPLE__COM: "user:password"`, and
 * npm's: `//registry/:_authToken=…`.
 */
export const KNOWN_SETTING_ANCHORS: readonly Anchor[] = [
  ...['ldap_default_authtok', 'erlang_cookie', 'erlang-cookie', 'erlangcookie'].map((name) =>
    anchorAt(name, parseSetting),
  ),
  anchorAt('BUNDLE_', parseBundle, true),
  anchorAt('npmauthident', parsePair),
  ...[':_authtoken=', ':_auth=', ':_password='].map((setting) => anchorAt(setting, parseOfRegistry)),
  anchorAt('sshpass', parseSetting),
  ...['sonar.login', 'jsessionid', 'phpsessid'].map((name) => anchorAt(name, parseToken)),
  ...["'crypt'", '"jwt"', '"jwt\\"', '"override_special'].map((section) => anchorAt(section, parseSection)),
];

function parseSetting(reader: Reader, start: number, nameEnd: number): Span | undefined {
  const value = valueAfter(reader, nameEnd);
  return startsToken(reader, start) && value !== undefined ? passwordSpan(reader, value.start, value.end) : undefined;
}

function parseOfRegistry(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (reader.before(start) !== SLASH) return undefined;
  const from = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  const end = reader.skip(TOKEN68, from, from + MAX_VALUE);
  return isStandIn(reader.text.slice(from, end)) ? undefined : { kind: 'token', start: from, end };
}

/** `npmAuthIdent: "user:password"` of Yarn, in base64 or not. */
function parsePair(reader: Reader, _start: number, nameEnd: number): Span | undefined {
  const value = valueAfter(reader, nameEnd);
  const text = value === undefined ? '' : textOf(reader, value);
  if (value === undefined) return undefined;
  return passwordSpan(reader, value.start + text.indexOf(':') + 1, value.end);
}

/** The key of a section that has one: .NET's for tokens, Magento's, and what Terraform drew. */
function parseSection(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  for (let index = anchorEnd; index - anchorEnd < MAX_SECTION; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === CLOSING_BRACE) return undefined;
    if (!isIn(QUOTES, code)) continue;
    const key = SECTION_KEYS.find((word) => reader.sees(word, index + 1));
    const nameEnd = key === undefined ? -1 : index + 1 + key.length;
    if (nameEnd < 0 || isIn(WORD, reader.at(nameEnd))) continue;
    const value = valueAfter(reader, nameEnd);
    const text = value === undefined ? '' : textOf(reader, value);
    const isDrawn = text.length >= MIN_KEY && (isStrongWord(text) || looksDrawn(text, 0, text.length));
    return value !== undefined && isDrawn ? passwordSpan(reader, value.start, value.end) : undefined;
  }
  return undefined;
}

/** A session of Java's or PHP's, and what a scanner of SonarQube logs in with: a name, or a token in its place. */
function parseToken(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const value = valueAfter(reader, anchorEnd);
  if (value === undefined || value.end - value.start < MIN_KEY) return undefined;
  return looksDrawn(reader.text, value.start, value.end)
    ? { kind: 'token', start: value.start, end: value.end }
    : undefined;
}

function parseBundle(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  let nameEnd = anchorEnd;
  while (nameEnd - anchorEnd < MAX_HOST && isHostCharacter(reader.at(nameEnd))) nameEnd += 1;
  // Two underscores stand for a dot: a host.
  if (!reader.text.slice(anchorEnd, nameEnd).includes('__')) return undefined;
  const value = valueAfter(reader, nameEnd);
  const text = value === undefined ? '' : textOf(reader, value);
  const colon = text.indexOf(':');
  if (value === undefined || colon <= 0 || text.includes('/') || isStandIn(text.slice(colon + 1))) return undefined;
  // Some servers draw the user's name, too.
  const isDrawn = /^[\da-f]{8,}$/.test(text.slice(0, colon));
  return { kind: 'password', start: isDrawn ? value.start : value.start + colon + 1, end: value.end };
}

function isHostCharacter(code: number): boolean {
  return isIn(UPPER_ALNUM, code) || code === UNDERSCORE;
}

/** The value behind a sign, in quotes or as a word. */
function valueAfter(reader: Reader, nameEnd: number): ReturnType<typeof literalAt> | undefined {
  let index = nameEnd;
  while (index - nameEnd < 4 && (isIn(QUOTES, reader.at(index)) || reader.at(index) === BACKSLASH)) index += 1;
  const sign = reader.skip(BLANK, index, index + MAX_BLANKS);
  const code = reader.at(sign);
  if ((code !== COLON && code !== EQUALS) || isIn(WORD, reader.at(nameEnd))) return undefined;
  const signEnd = reader.at(sign + 1) === GREATER ? sign + 2 : sign + 1;
  const start = reader.skip(BLANK, signEnd, signEnd + MAX_BLANKS);
  const value = literalAt(reader, start, 0, MAX_VALUE);
  return value.end > value.start ? value : undefined;
}
