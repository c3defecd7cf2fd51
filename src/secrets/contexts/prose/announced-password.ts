import { skipSpace } from '../glue.ts';
import { passwordSpan } from '../password-span.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { ALNUM, BLANK, DIGITS } from '../../scan/alphabets.ts';
import { COLON } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { wordAt } from '../literal.ts';

const MAX_GAP = 24;
const MAX_PASSWORD = 128;
const MIN_PASSWORD = 6;
const MIN_CODE = 4;
const MIN_KEY = 32;
const MAX_CODE = 8;
const MAX_ACCOUNT = 400;
const IN_BASE64 = /^[A-Za-z\d+/]+=*$/;

/**
 * Passwords that programs show, such as that of a new Jenkins, on a line of its own; new ones of Elasticsearch's users; codes; that of an account of
 * msmtp's, which is a line `password value`.
 */
export const ANNOUNCED_PASSWORD_ANCHORS: readonly Anchor[] = [
  anchorAt('proceed to installation:', parseAnnounced),
  anchorAt('user successfully reset.', parseReset),
  anchorAt('334 UGFzc3dvcmQ6', parseAsked, true),
  ...['verification code', 'your security code', 'one-time code', 'one-time password', 'login code'].map((name) =>
    anchorAt(name, parseCode),
  ),
  anchorAt('key - ', parseKey),
  anchorAt('account default', parseAccount),
];

function parseAnnounced(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  return passwordAt(reader, skipSpace(reader, anchorEnd, MAX_GAP));
}

/** A mail server asks for it in base64, and gets it so. */
function parseAsked(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const span = parseAnnounced(reader, start, anchorEnd);
  return span !== undefined && IN_BASE64.test(reader.text.slice(span.start, span.end)) ? span : undefined;
}

/** `New value: …` on the line below. */
function parseReset(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const label = skipSpace(reader, anchorEnd, MAX_GAP);
  return reader.sees('new value: ', label) ? passwordAt(reader, label + 'new value: '.length) : undefined;
}

/** `verification code is 123456`, `code: 123456` */
function parseCode(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const sign = reader.at(anchorEnd) === COLON ? anchorEnd + 1 : anchorEnd + 3;
  if (sign !== anchorEnd + 1 && !reader.sees(' is', anchorEnd)) return undefined;
  const from = reader.at(sign) === COLON ? sign + 1 : sign;
  const start = reader.skip(BLANK, from, from + 4);
  const end = reader.skip(DIGITS, start, start + MAX_CODE + 1);
  const isCode = end - start >= MIN_CODE && end - start <= MAX_CODE && start > from;
  return isCode ? { kind: 'password', start, end } : undefined;
}

/** `Here is the key - value`: nothing but a key looks like that. */
function parseKey(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const end = reader.skip(ALNUM, anchorEnd, anchorEnd + MAX_PASSWORD);
  const isKey = end - anchorEnd >= MIN_KEY && looksDrawn(reader.text, anchorEnd, end);
  return isKey && /[A-Z].*\d|\d.*[A-Z]/.test(reader.text.slice(anchorEnd, end))
    ? { kind: 'api-key', start: anchorEnd, end }
    : undefined;
}

/** The line `password value` that follows an account of msmtp's, before the next one. */
function parseAccount(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  for (let index = anchorEnd; index - anchorEnd < MAX_ACCOUNT; index += 1) {
    const code = reader.at(index);
    if (code === -1 || reader.sees('account', index)) return undefined;
    if (!reader.sees('password', index) || !reader.beginsLine(index)) continue;
    const nameEnd = index + 'password'.length;
    const from = reader.skip(BLANK, nameEnd, nameEnd + MAX_GAP);
    return from === nameEnd ? undefined : passwordAt(reader, from);
  }
  return undefined;
}

function passwordAt(reader: Reader, from: number): Span | undefined {
  const word = wordAt(reader, from, 0, MAX_PASSWORD);
  return word.end - word.start < MIN_PASSWORD ? undefined : passwordSpan(reader, word.start, word.end);
}
