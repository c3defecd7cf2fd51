import { HEX, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { BACKSLASH, COLON, COMMA, LETTER_N } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { quotedAt } from '../literal.ts';

const KEY_LENGTH = 32;
const MAX_USER = 64;
const MAX_GLUE = 32;

/** The key of `{"username":"jo","key":"…"}`, as Kaggle hands it out; the name "key" alone tells nothing. */
export const KAGGLE_KEY_ANCHOR: Anchor = anchorAt('username', parseKey);

function parseKey(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const user = valueAfter(reader, anchorEnd);
  if (user === undefined) return undefined;
  const key = skipGlue(reader, user.next, COMMA);
  if (key === undefined || !reader.sees('key', key)) return undefined;
  const value = valueAfter(reader, key + 3);
  if (value === undefined || value.end - value.start !== KEY_LENGTH) return undefined;
  const isHex = reader.skip(HEX, value.start, value.end) === value.end;
  return isHex ? { kind: 'api-key', start: value.start, end: value.end } : undefined;
}

/** The string that a name in quotes stands for: `": "value"` follows it. */
function valueAfter(reader: Reader, nameEnd: number): ReturnType<typeof quotedAt> {
  let index = nameEnd;
  while (index - nameEnd < MAX_GLUE && reader.at(index) !== COLON && isGlue(reader, index)) index += 1;
  if (reader.at(index) !== COLON) return undefined;
  return quotedAt(reader, reader.skip(WHITESPACE, index + 1, index + 1 + MAX_GLUE), MAX_USER);
}

/** Past `, "`, with `sign` in it, to where the next name begins; undefined when something else stands there. */
function skipGlue(reader: Reader, from: number, sign: number): number | undefined {
  let hasSign = false;
  for (let index = from; index - from < MAX_GLUE; index += 1) {
    if (reader.at(index) === sign) hasSign = true;
    else if (!isGlue(reader, index)) return hasSign ? index : undefined;
  }
  return undefined;
}

/** Whitespace, quotes, and both as escapes. */
function isGlue(reader: Reader, index: number): boolean {
  const code = reader.at(index);
  if (isIn(WHITESPACE | QUOTES, code) || code === BACKSLASH) return true;
  return code === LETTER_N && reader.at(index - 1) === BACKSLASH;
}
