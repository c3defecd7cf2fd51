import { ANY_HEX, BASE64, BLANK, isIn, NAME_LETTERS, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import {
  BACKSLASH,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  CLOSING_PARENTHESIS,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  LESS,
  NEWLINE,
  OPENING_BRACE,
} from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { isWordy } from '../../judge/wordy.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Parse, type Span } from '../../scan/span.ts';

const MAX_VALUE = 16 * 1024;
const TAIL = 32;
const MIN_VALUE = 16;
const MIN_LONG = 80;
const MIN_BRACED = 24;
const MAX_BRACED = 512;
const MAX_GLUE = 24;

/**
 * Secrets that a program keeps in a form it can undo, often with a key that lies beside them: Jenkins
 * (`{AQAABAAAAA…}`), Maven (`>{…=}<`), Jasypt (`ENC(…)`), hiera (`ENC[PKCS7,…]`), Firefox, FileZilla, Travis; and
 * those that are encoded only: the keys of ASP.NET's machine, an LDIF's passwords, Azure's publish settings.
 */
export const ENCRYPTED_VALUE_ANCHORS: readonly Anchor[] = [
  { text: '{AQAA', exact: true, parse: parseJenkins },
  ...['d>{', 'e>{', 'r>{', 't>{', 's>{', 'y>{'].map((text) => ({ text, exact: false, parse: parseMaven })),
  { text: 'ENC(', exact: true, parse: enclosed(CLOSING_PARENTHESIS, BASE64) },
  { text: 'ENC[PKCS7,', exact: true, parse: enclosed(CLOSING_BRACKET, BASE64 | WHITESPACE) },
  anchorAt('secure:', named(BASE64, MIN_LONG)),
  ...[
    'encryptedpassword',
    'encryptedusername',
    'managementcertificate',
    'userpassword:',
    'passworddigest',
    'password_hash',
    'passwordhash',
    'samlresponse"',
  ].map((name) => anchorAt(name, named(BASE64, MIN_VALUE))),
  ...['validationkey', 'decryptionkey'].map((name) => anchorAt(name, named(ANY_HEX, 2 * MIN_VALUE))),
];

export const ENCRYPTED_VALUE_KINDS = ['encrypted-secret'];

const KIND = 'encrypted-secret';

function parseJenkins(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const end = reader.skip(BASE64, anchorEnd, anchorEnd + MAX_VALUE);
  if (end - start < MIN_BRACED || reader.at(end) !== CLOSING_BRACE) return undefined;
  return { kind: KIND, start: start + 1, end };
}

/** In braces and in an element (`password`, `passphrase`, `master`, `secret`, `key`); JSX puts names there, base64 has its signs. */
function parseMaven(reader: Reader, _start: number, from: number): Span | undefined {
  const end = reader.skip(BASE64, from, from + MAX_VALUE);
  if (isIn(BLANK, reader.at(end))) return lastWordInBraces(reader, end);
  if (end - from < MIN_BRACED || reader.at(end) !== CLOSING_BRACE || reader.at(end + 1) !== LESS) return undefined;
  const isEncoded = reader.at(end - 1) === EQUALS || /[+/]/.test(reader.text.slice(from, from + MIN_BRACED));
  return isEncoded && looksDrawn(reader.text, from, end) ? { kind: KIND, start: from, end } : undefined;
}

/** Another brace looks after itself. */
const ENDS_BRACED = new Set([NEWLINE, LESS, OPENING_BRACE]);
const SECRET_ELEMENT = /(?:secret|token|pass(?:word|phrase)?|key)$/i;
const MAX_TAG = 32;

/** `<secret>{acme token}</secret>`: what Jenkins was given with words before it; the expressions of JSX end in none. */
function lastWordInBraces(reader: Reader, from: number): Span | undefined {
  let start = from;
  let end = from;
  for (; reader.at(end) !== CLOSING_BRACE; end += 1) {
    const code = reader.at(end);
    if (code === -1 || ENDS_BRACED.has(code) || end - from > MAX_BRACED) return undefined;
    if (isIn(BLANK, code)) start = end + 1;
  }
  if (end - start < MIN_VALUE || !reader.sees('}</', end) || isWordy(reader.text.slice(start, end))) return undefined;
  const tag = end + '}</'.length;
  const element = reader.text.slice(tag, reader.skip(NAME_LETTERS, tag, tag + MAX_TAG));
  return SECRET_ELEMENT.test(element) && looksDrawn(reader.text, start, end) ? { kind: KIND, start, end } : undefined;
}

/** What stands between a word with its bracket and `closer`. */
function enclosed(closer: number, alphabet: number): Parse {
  return (reader, _start, from) => {
    let end = from;
    while (end - from < MAX_VALUE && (isIn(alphabet, reader.at(end)) || isEscape(reader, end))) end += 1;
    if (end - from < MIN_VALUE || reader.at(end) !== closer || !looksDrawn(reader.text, from, end)) return undefined;
    return { kind: KIND, start: from, end };
  };
}

/** A backslash: in a string of a string, whitespace is written with one. */
function isEscape(reader: Reader, at: number): boolean {
  return reader.at(at) === BACKSLASH;
}

/** The value of a name: behind signs, quotes and blanks, `min` characters of its alphabet at least. */
function named(alphabet: number, min: number): Parse {
  return (reader, _start, anchorEnd) => {
    let start = anchorEnd;
    let hasSign = reader.at(anchorEnd - 1) === COLON;
    for (; start - anchorEnd < MAX_GLUE; start += 1) {
      const code = reader.at(start);
      if (code === COLON || code === EQUALS || code === GREATER || code === COMMA) hasSign = true;
      else if (reader.sees('value', start)) start += 4;
      else if (!isIn(QUOTES | BLANK, code) && code !== BACKSLASH) break;
    }
    if (!hasSign) return undefined;
    const end = reader.skip(alphabet, start, start + MAX_VALUE);
    // A long name in capitals and small letters is a name; base64 of any length has a digit or a sign.
    // What is packed has a head, which may be all zeros: its end tells.
    const isDrawn =
      looksDrawn(reader.text, Math.max(start, end - TAIL), end) && /[\d+/=]/.test(reader.text.slice(start, end));
    return end - start >= min && isDrawn ? { kind: KIND, start, end } : undefined;
  };
}
