import { BLANK, LOWER_CASE, WORD } from '../scan/alphabets.ts';
import type { Reader } from '../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../scan/span.ts';
import { quotedAt } from './literal.ts';

const COLON = 58;
const EQUALS = 61;
const BACKSLASH = 92;
const GROUP = 4;
const LENGTH = 19;
const MAX_NAME = 24;
const MAX_BLANKS = 8;
/** Words of four letters that hints to a reader have. */
const HINT = /\b(?:your|pass|word|here|this|with|must|have|same|enter|when|that|from|code)\b/;

/** The password that Google gives a program, four times four letters in quotes: `EMAIL_HOST_PASSWORD = 'abcd efgh …'`. */
export const APP_PASSWORD_ANCHORS: readonly Anchor[] = [anchorAt('password', parseAppPassword)];

function parseAppPassword(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const nameEnd = reader.skip(WORD, anchorEnd, anchorEnd + MAX_NAME);
  const quoted = quotedAt(reader, skipSign(reader, nameEnd), LENGTH + 2);
  if (quoted === undefined || quoted.end - quoted.start !== LENGTH) return undefined;
  for (let group = quoted.start; group < quoted.end; group += GROUP + 1) {
    const end = reader.skip(LOWER_CASE, group, group + GROUP);
    if (end - group < GROUP) return undefined;
    if (end < quoted.end && reader.skip(BLANK, end, end + 1) === end) return undefined;
  }
  if (HINT.test(reader.text.slice(quoted.start, quoted.end))) return undefined;
  return { kind: 'password', start: quoted.start, end: quoted.end };
}

/** Past the quote that closes a name, and one sign. */
function skipSign(reader: Reader, from: number): number {
  const quote = quotedEnd(reader, from);
  const sign = reader.skip(BLANK, quote, quote + MAX_BLANKS);
  const code = reader.at(sign);
  return code === COLON || code === EQUALS ? reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS) : from;
}

function quotedEnd(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_BLANKS && reader.at(index) === BACKSLASH) index += 1;
  const code = reader.at(index);
  return code === 34 || code === 39 ? index + 1 : from;
}
