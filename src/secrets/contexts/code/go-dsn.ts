import { isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { COLON, SLASH } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_USERINFO = 160;

/** The password of `user:password@tcp(host:3306)/db`, which names a database to Go's driver for MySQL. */
export const GO_DSN_ANCHORS: readonly Anchor[] = ['@tcp(', '@unix('].map((text) => anchorAt(text, parseDsn, true));

function parseDsn(reader: Reader, at: number): Span | undefined {
  let start = at;
  let colon = -1;
  for (; at - start < MAX_USERINFO; start -= 1) {
    const code = reader.before(start);
    if (code === -1 || isIn(WHITESPACE | QUOTES, code)) break;
    // The first colon counts: a user has none, a password may.
    if (code === COLON) colon = start;
  }
  if (colon <= start || at - start >= MAX_USERINFO || reader.at(colon) === SLASH) return undefined;
  return isStandIn(reader.text.slice(colon, at)) ? undefined : { kind: 'url-password', start: colon, end: at };
}
