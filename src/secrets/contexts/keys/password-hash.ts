import { ALNUM, BASE64, DOTTED, isIn, VALUE_STOPS } from '../../scan/alphabets.ts';
import { COMMA, DOLLAR } from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { wordAt } from '../literal.ts';

const MAX_HASH = 320;
const MAX_TICKET = 8192;
const MAX_PARTS = 6;
const MAX_TICKET_PARTS = 8;
const MAX_PLAIN = 64;
/** The shortest digest in use, of MD5 in crypt's base64. */
const MIN_DIGEST = 20;
/** phpass and its kin write salt and digest in one. */
const MIN_JOINED = 20;
const MIN_ENCODED = 22;

/**
 * Hashes of passwords, wherever they stand: crypt's (`$6$salt$…`, bcrypt, yescrypt, argon2, phpass, Cisco's and
 * Juniper's), LDAP's (`{SSHA}…`), Django's and Werkzeug's, Kerberos tickets made for cracking. A weak password is
 * guessed from one in no time.
 */
export const PASSWORD_HASH_ANCHORS: readonly Anchor[] = [
  ...[
    '$1$ $5$ $6$ $7$ $8$ $9$ $y$ $gy$ $apr1$ $2a$ $2b$ $2x$ $2y$ $P$ $H$ $S$ $md5 $sha1$ $argon2 $pbkdf2 $scrypt$ $krb5',
    'pbkdf2_sha pbkdf2:sha bcrypt_sha256$ scrypt: sha1$ argon2$argon2',
  ].flatMap((texts) => texts.split(' ').map((text) => ({ text, exact: true, parse: parseModular }))),
  ...'{ssha {sha} {sha256 {sha512 {smd5} {md5} {crypt} {pbkdf2 {bcrypt} {plain} {noop} {cleartext}'
    .split(' ')
    .map((text) => ({ text, exact: false, parse: parseBraced })),
];

export const PASSWORD_HASH_KINDS = ['password-hash', 'password'];

/** `$id$parameters$salt$digest`: at least one more dollar, and a digest that looks drawn. */
function parseModular(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const isTicket = reader.sees('$krb5', start);
  const limit = start + (isTicket ? MAX_TICKET : MAX_HASH);
  let digest = start;
  let dollars = 0;
  let end = start;
  for (; end < limit; end += 1) {
    const code = reader.at(end);
    if (code === DOLLAR) {
      dollars += 1;
      // No hash has so many parts; without this, a text of nothing but beginnings would take its square.
      if (dollars > (isTicket ? MAX_TICKET_PARTS : MAX_PARTS)) return undefined;
      digest = end + 1;
    } else if (!isHashCharacter(code, end < anchorEnd + 24 || isTicket)) break;
  }
  // phpass, Drupal and Juniper have no salt of their own; theirs is a long run behind the mark.
  const isJoined = dollars === 2 && digest === anchorEnd && end - digest >= MIN_JOINED;
  if (!isJoined && (dollars < 2 || digest === anchorEnd || end - digest < MIN_DIGEST)) return undefined;
  return looksDrawn(reader.text, digest, end) ? { kind: 'password-hash', start, end } : undefined;
}

/** Parameters have signs that digests have not: `rounds=5000`, `v=19$m=65536,t=3`, `user@domain:`, `pbkdf2:sha256:`. */
function isHashCharacter(code: number, inParameters: boolean): boolean {
  return isIn(BASE64 | DOTTED, code) || (inParameters && (code === COMMA || code === 58 || code === 64 || code === 42));
}

/** `{SSHA}digest`; behind `{PLAIN}` and `{noop}` stands the password itself. */
function parseBraced(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const nameEnd = reader.at(anchorEnd - 1) === 125 ? anchorEnd - 1 : reader.skip(ALNUM, anchorEnd, anchorEnd + 8);
  const brace = reader.at(nameEnd) === 45 ? reader.skip(ALNUM, nameEnd + 1, nameEnd + 9) : nameEnd;
  if (reader.at(brace) !== 125) return undefined;
  const from = brace + 1;
  if (reader.sees('{plain', start) || reader.sees('{noop', start) || reader.sees('{clear', start)) {
    const word = wordAt(reader, from, VALUE_STOPS, MAX_PLAIN);
    const isPassword = isIn(ALNUM, reader.at(from)) && isPlainPassword(reader.text.slice(from, word.end));
    return isPassword ? { kind: 'password', start: from, end: word.end } : undefined;
  }
  let end = from;
  while (end - from < MAX_HASH && isHashCharacter(reader.at(end), true)) end += 1;
  if (end - from < MIN_ENCODED || !looksDrawn(reader.text, from, end)) return undefined;
  // `{sha}/path/of/a/route`: a digest of 20 bytes has its padding.
  if (reader.sees('{sha}', start) && reader.text.charCodeAt(end - 1) !== 61) return undefined;
  return { kind: 'password-hash', start: from, end };
}

function isPlainPassword(value: string): boolean {
  return !isStandIn(value) && !/[{}()<>/]/.test(value);
}
