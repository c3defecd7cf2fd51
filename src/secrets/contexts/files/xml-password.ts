import { skipSpace } from '../glue.ts';
import { passwordSpan } from '../password-span.ts';
import { BLANK, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { AT, COLON, GREATER, LESS, SLASH } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { literalAt, textOf, wordAt } from '../literal.ts';

const MAX_ATTRIBUTES = 512;
const MAX_TEXT = 512;
const MAX_GLUE = 24;
const MAX_USER = 128;

/**
 * Passwords in elements whose attributes are longer than names are: `<Pass encoding="…" pubkey="…">`,
 * `<wsse:Password Type="…">`; in `<keyMaterial>`, where Windows has those of wireless networks; on the second line of `<auth-user-pass>`; and behind the slash in Oracle's addresses,
 * `jdbc:oracle:thin:user/password@host`.
 */
export const XML_PASSWORD_ANCHORS: readonly Anchor[] = [
  anchorAt('<pass', parseElement),
  anchorAt(':password', parseElement),
  anchorAt('<keymaterial>', (reader, _start, anchorEnd) => textOfElement(reader, anchorEnd)),
  anchorAt('<auth-user-pass>', parseUserAndPassword),
  anchorAt(':thin:', parseOracle),
  anchorAt(':oci:', parseOracle),
];

function parseElement(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  let index = anchorEnd;
  if (reader.sees('word', index)) index += 4;
  // Without attributes it is what any assignment is.
  if (!isIn(BLANK, reader.at(index))) return undefined;
  for (; reader.at(index) !== GREATER; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === LESS || index - anchorEnd > MAX_ATTRIBUTES) return undefined;
    // The next one looks after itself.
    if (code === COLON && reader.sees(':password', index)) return undefined;
  }
  return reader.at(index - 1) === SLASH ? undefined : textOfElement(reader, index + 1);
}

/** What stands between the tags of an element. */
function textOfElement(reader: Reader, from: number): Span | undefined {
  const start = reader.skip(WHITESPACE, from, from + MAX_GLUE);
  let end = start;
  while (end - start < MAX_TEXT && reader.at(end) !== LESS && reader.at(end) !== -1) end += 1;
  return reader.at(end) === LESS && reader.at(end + 1) === SLASH ? passwordSpan(reader, start, end) : undefined;
}

/** OpenVPN keeps both in one element, a line each. */
function parseUserAndPassword(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const user = skipSpace(reader, anchorEnd, MAX_GLUE);
  if (user === anchorEnd) return undefined;
  const userEnd = wordAt(reader, user).end;
  const start = skipSpace(reader, userEnd, MAX_GLUE);
  const { end } = wordAt(reader, start);
  return userEnd === user || start === userEnd || reader.at(start) === LESS
    ? undefined
    : passwordSpan(reader, start, end);
}

function parseOracle(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  let slash = anchorEnd;
  for (; reader.at(slash) !== SLASH; slash += 1) {
    const code = reader.at(slash);
    if (code === -1 || code === AT || code === COLON || slash - anchorEnd > MAX_USER) return undefined;
    if (isIn(WHITESPACE | QUOTES, code)) return undefined;
  }
  const literal = literalAt(reader, slash + 1, 0, MAX_USER);
  const at = literal.quoted ? -1 : textOf(reader, literal).lastIndexOf('@');
  if (slash === anchorEnd || (!literal.quoted && at < 0) || (literal.quoted && reader.at(literal.next) !== AT)) {
    return undefined;
  }
  return passwordSpan(reader, literal.start, at < 0 ? literal.end : literal.start + at);
}
