import { skipSign, skipGlue } from '../glue.ts';
import { HEX, WHITESPACE } from '../../scan/alphabets.ts';
import { COLON, COMMA } from '../../scan/codes.ts';
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
  const key = skipSign(reader, user.next, MAX_GLUE, COMMA);
  if (key === undefined || !reader.sees('key', key)) return undefined;
  const value = valueAfter(reader, key + 3);
  if (value === undefined || value.end - value.start !== KEY_LENGTH) return undefined;
  const isHex = reader.skip(HEX, value.start, value.end) === value.end;
  return isHex ? { kind: 'api-key', start: value.start, end: value.end } : undefined;
}

/** The string that a name in quotes stands for: `": "value"` follows it. */
function valueAfter(reader: Reader, nameEnd: number): ReturnType<typeof quotedAt> {
  const colon = skipGlue(reader, nameEnd, MAX_GLUE);
  if (reader.at(colon) !== COLON) return undefined;
  return quotedAt(reader, reader.skip(WHITESPACE, colon + 1, colon + 1 + MAX_GLUE), MAX_USER);
}
