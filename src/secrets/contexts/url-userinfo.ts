import { isIn, SCHEME, USERINFO } from '../scan/alphabets.ts';
import { looksLikePlaceholder } from '../judge/placeholder-words.ts';
import type { Reader } from '../scan/reader.ts';
import type { Anchor, Span } from '../scan/span.ts';

const MAX_USERINFO = 512;
const MANUAL_PASSWORDS = new Set(['password', 'pass', 'passwd', 'pwd', 'pw', 'secret', 'token']);

/** The password in `scheme://user:password@host`; the last `@` before the host ends it, as browsers have it. */
export const URL_USERINFO_ANCHOR: Anchor = { text: '://', exact: true, parse: parseUserinfo };

function parseUserinfo(reader: Reader, anchorStart: number, from: number): Span | undefined {
  if (!isIn(SCHEME, reader.before(anchorStart))) return undefined;
  const limit = reader.skip(USERINFO, from, from + MAX_USERINFO);
  const userinfo = reader.text.slice(from, limit);
  const end = userinfo.lastIndexOf('@');
  const colon = userinfo.indexOf(':');
  if (end < 0 || colon < 0 || colon + 1 >= end) return undefined;
  const password = userinfo.slice(colon + 1, end);
  if (MANUAL_PASSWORDS.has(password.toLowerCase()) || password.startsWith('$') || looksLikePlaceholder(password)) {
    return undefined;
  }
  return { kind: 'url-password', start: from + colon + 1, end: from + end };
}
