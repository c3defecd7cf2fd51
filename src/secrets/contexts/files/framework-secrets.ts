import { BLANK, HEX, isIn, NAME_LETTERS, QUOTES, WORD } from '../../scan/alphabets.ts';
import { BACKSLASH, CLOSING_BRACKET, COLON, COMMA, EQUALS, GREATER } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import { quotedAt, textOf, wordAt } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_GLUE = 24;
const MAX_NAME = 64;
const MIN_SALT = 16;
const MIN_CHANGES = 4;
const LONG_SALT = 48;
const MANY_CHANGES = 12;

/**
 * Secrets that frameworks sign sessions and hash passwords with: WordPress's keys and salts, with blanks and quotes
 * in them, Drupal's, phpMyAdmin's and Joomla's, `secret_key_base` and peppers of Rails, Airflow's, Erlang's cookie.
 */
export const FRAMEWORK_SECRET_ANCHORS: readonly Anchor[] = [
  'auth_key',
  'logged_in_key',
  'nonce_key',
  'auth_salt',
  'logged_in_salt',
  'nonce_salt',
  'hash_salt',
  'security_salt',
  'security.salt',
  'blowfish_secret',
  'secret_key_base',
  'pepper',
  'fernet_key',
  'erlang_cookie',
  'cookievalidationkey',
  'cookie_key',
  'password_salt',
  'passwordsalt',
].map((name) => anchorAt(name, parseSecret));

function parseSecret(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  if (isIn(WORD, reader.at(anchorEnd))) return undefined;
  const from = skipSign(reader, anchorEnd);
  if (from === undefined) return undefined;
  // A word and a sign: that was a name, not a value.
  if (reader.at(reader.skip(NAME_LETTERS, from, from + MAX_NAME)) === EQUALS) return undefined;
  const value = quotedAt(reader, from) ?? wordAt(reader, from);
  return isSalt(reader, value) ? { kind: 'secret', start: value.start, end: value.end } : undefined;
}

function isSalt(reader: Reader, value: { start: number; end: number; quoted: boolean }): boolean {
  const text = textOf(reader, value);
  if (value.quoted && isDrawnSalt(text)) return true;
  if (text.length < MIN_SALT || isStandIn(text) || /put your|unique phrase|[a-z] [a-z]+ [a-z]+ /.test(text))
    return false;
  if (!value.quoted && /[()]|^[a-z_.]+$|::/i.test(text)) return false;
  if (reader.skip(HEX, value.start, value.end) === value.end) return true;
  const shape = shapeOf(text, 0, Math.min(text.length, 64));
  return shape.changes >= MIN_CHANGES && (shape.digits > 0 || shape.signs > 0);
}

/** So long and so mixed that whatever it has in it, even `#{`, was drawn with the rest. */
function isDrawnSalt(text: string): boolean {
  const shape = shapeOf(text, 0, Math.min(text.length, 64));
  return text.length >= LONG_SALT && shape.changes >= MANY_CHANGES && shape.digits > 1;
}

/** Past `': '`, `" => "`, `', '`, ` = `, in any of their quotes: to where the value begins. */
function skipSign(reader: Reader, from: number): number | undefined {
  let hasSign = false;
  let index = from;
  for (; index - from < MAX_GLUE; index += 1) {
    const code = reader.at(index);
    if (code === EQUALS || code === COLON || code === COMMA || code === GREATER) hasSign = true;
    else if (isIn(QUOTES, code) || code === BACKSLASH) {
      if (hasSign) break;
    } else if (!isIn(BLANK, code) && code !== CLOSING_BRACKET) break;
  }
  return hasSign && index - from < MAX_GLUE ? index : undefined;
}
