import { skipBackslashes } from '../backslashes.ts';
import { ALNUM, DIGITS, DOTTED, isIn, QUOTES, SCHEME, USERINFO, WHITESPACE } from '../../scan/alphabets.ts';
import { AT, COLON, LESS, QUESTION, SLASH } from '../../scan/codes.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_USERINFO = 512;
const MAX_HOST = 256;
const MIN_PASSWORD = 4;
/** A user who is a token: nobody has a name like that. */
const MIN_TOKEN = 20;
const MIN_CHANGES = 6;
const MAX_TEXT_IN_PASSWORD = 64;

const URL_ANCHORS_TEXT = ['://', ':\\/\\/'];

/**
 * The password in `scheme://user:password@host`, and the user of `https://token@host` and `https://token:x@host` when
 * it looks drawn by lot. The last `@` before the host ends it, as browsers have it; a slash or a question mark may
 * be part of the password when a host follows.
 */
export const URL_USERINFO_ANCHORS: readonly Anchor[] = URL_ANCHORS_TEXT.map((text) => ({
  text,
  exact: true,
  parse: parseUserinfo,
}));

function parseUserinfo(reader: Reader, anchorStart: number, from: number): readonly Span[] | undefined {
  if (!isIn(SCHEME, reader.before(anchorStart))) return undefined;
  const end = endOfUserinfo(reader, from);
  if (end === undefined || end === from) return undefined;
  const userinfo = reader.text.slice(from, end);
  // `ftp://[[user][:pass]@]host`, as manuals have it.
  if (/^[[\]]/.test(userinfo)) return undefined;
  // `host:1433;database=app;…`, where another parser knows what is a password.
  if (PROPERTIES.test(userinfo)) return undefined;
  const colon = userinfo.indexOf(':');
  const user = colon < 0 ? userinfo : userinfo.slice(0, colon);
  const password = colon < 0 ? '' : userinfo.slice(colon + 1);
  const spans: Span[] = [];
  if (isToken(user)) spans.push({ kind: 'url-password', start: from, end: from + user.length });
  if (password.length >= MIN_PASSWORD && !isManualPassword(password)) {
    spans.push({ kind: 'url-password', start: from + colon + 1, end });
  }
  return spans.length > 0 ? spans : undefined;
}

/** A port, and a property that JDBC knows. */
const PROPERTIES =
  /^[\w.-]+:\d{1,5};(?:database(?:name)?|user(?:name)?|encrypt|trustservercertificate|integratedsecurity|instancename|applicationname|authentication|logintimeout|password)=/i;

/** Where the `@` stands that ends user and password, or undefined when there is none. */
function endOfUserinfo(reader: Reader, from: number): number | undefined {
  let last: number | undefined;
  let index = skipUserinfo(reader, from);
  for (let at = index - 1; at >= from && last === undefined; at -= 1) if (reader.at(at) === AT) last = at;
  if (last !== undefined) return last;
  // No `@` so far; a password with a slash in it goes on. A port and a path, or a path without a colon, do not.
  const stop = reader.at(index);
  const colon = reader.text.slice(from, index).indexOf(':');
  if (colon < 0 || (stop !== SLASH && stop !== QUESTION) || isIn(DIGITS, reader.at(from + colon + 1))) {
    return undefined;
  }
  const limit = index + MAX_TEXT_IN_PASSWORD;
  for (; index < limit; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === LESS || isIn(WHITESPACE | QUOTES, code)) return undefined;
    if (code === AT) return reader.at(index - 1) !== SLASH && endsInHost(reader, index + 1) ? index : undefined;
  }
  return undefined;
}

function skipUserinfo(reader: Reader, from: number): number {
  let index = reader.skip(USERINFO, from, from + MAX_USERINFO);
  // `http://DOMAIN\user:password@host`: a backslash between two words, not the escape of a quote.
  const name = skipBackslashes(reader, index);
  if (index > from && name > index && isIn(ALNUM, reader.at(name)) && !isEscape(reader, name - 1)) {
    index = reader.skip(USERINFO, name, from + MAX_USERINFO);
  }
  return index;
}

/** Whether a backslash begins `\n` and ends what came before: a name may begin with these letters, a line as well. */
function isEscape(reader: Reader, backslash: number): boolean {
  const letter = reader.at(backslash + 1);
  const next = reader.at(backslash + 2);
  return (letter === 110 || letter === 114 || letter === 116 || letter === 117) && !isIn(ALNUM, next);
}

/** Whether a host stands at `from`: a name with a dot in it, or with a port. */
function endsInHost(reader: Reader, from: number): boolean {
  const end = reader.skip(DOTTED, from, from + MAX_HOST);
  if (end === from || !isIn(ALNUM, reader.at(from))) return false;
  const hasPort = reader.at(end) === COLON && isIn(DIGITS, reader.at(end + 1));
  return hasPort || reader.text.slice(from, end).includes('.') || reader.sees('localhost', from);
}

/** What manuals write; a hyphen at its beginning makes no flag of it here. `secret` is not among it: that is what people take for the first password. */
function isManualPassword(password: string): boolean {
  return isStandIn(password.replace(/^-{1,8}(?=\w)/, '')) || /^(?:[$<{%[*]|pwd$|x+$)/i.test(password);
}

const ONLY_HEX = /^(?=.*\d)[\da-f]{32,}$/;

function isToken(user: string): boolean {
  if (user.length < MIN_TOKEN || isStandIn(user)) return false;
  if (ONLY_HEX.test(user)) return true;
  const shape = shapeOf(user, 0, Math.min(user.length, 64));
  return shape.digits > 1 && shape.letters > 1 && shape.changes >= MIN_CHANGES;
}
