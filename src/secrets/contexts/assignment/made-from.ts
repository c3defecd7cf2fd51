import { BASE64, isIn, TOKEN68 } from '../../scan/alphabets.ts';
import type { Reader } from '../../scan/reader.ts';
import { JUDGED, MAX_VALUE, type Value } from './value.ts';

/** Algorithms, and how many digits of hex and characters of base64, padding aside, a digest of each has. */
const DIGESTS: readonly (readonly [name: string, hex: number, base64: number])[] = [
  ['sha1', 40, 27],
  ['sha224', 56, 38],
  ['sha256', 64, 43],
  ['sha384', 96, 64],
  ['sha512', 128, 86],
];
const CIPHER = '{cipher}';
const HEX = /^[\da-f]+$/i;
const MIN_CIPHER_HEX = 32;
/** What a public key encrypts is longer than any password. */
const MIN_CIPHER_BASE64 = 100;

/**
 * Whether a value is what something was made into: a digest that names its algorithm and has its very length, or what
 * a server of Spring's decrypts. The digest of a password is nearly as good as the password.
 */
export function isMadeFromOther(reader: Reader, value: Value, isPassword: boolean): boolean {
  if (reader.sees(CIPHER, value.start)) return isCipher(bodyAt(reader, value, CIPHER.length));
  if (isPassword) return false;
  const digest = DIGESTS.find(([name]) => reader.sees(`${name}:`, value.start) || reader.sees(`${name}-`, value.start));
  if (digest === undefined) return false;
  const [name, hex, base64] = digest;
  const body = bodyAt(reader, value, name.length + 1);
  return HEX.test(body) ? body.length === hex : body.replace(/={1,2}$/, '').length === base64;
}

function isCipher(body: string): boolean {
  if (HEX.test(body)) return body.length >= MIN_CIPHER_HEX && body.length % 2 === 0;
  return body.length >= MIN_CIPHER_BASE64 && body.length % 4 === 0;
}

/** What follows a mark as far as base64 goes; nothing when the value goes on. */
function bodyAt(reader: Reader, value: Value, mark: number): string {
  const start = value.start + mark;
  const end = reader.skip(BASE64, start, start + MAX_VALUE);
  const isCut = !value.quoted && value.end === value.start + JUDGED;
  const isWhole = end === value.end || (isCut && end > value.end && !isIn(TOKEN68, reader.at(end)));
  return isWhole ? reader.text.slice(start, end) : '';
}
