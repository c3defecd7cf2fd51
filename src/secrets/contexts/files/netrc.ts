import { isIn, WHITESPACE } from '../../scan/alphabets.ts';
import { startsToken } from '../../scan/left-edge.ts';
import { looksLikePlaceholder } from '../../judge/placeholder-words.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_SPACE = 32;
const MAX_WORD = 128;

/** The password of a netrc entry: `login NAME password SECRET`, on one line or several. */
export const NETRC_ANCHOR: Anchor = anchorAt('login', parseNetrc, true);

function parseNetrc(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  const login = nextWord(reader, anchorEnd);
  const keyword = login && nextWord(reader, login.end);
  if (keyword === undefined || reader.text.slice(keyword.start, keyword.end) !== 'password') return undefined;
  const password = nextWord(reader, keyword.end);
  if (password === undefined || looksLikePlaceholder(reader.text.slice(password.start, password.end))) return undefined;
  return { kind: 'password', ...password };
}

function nextWord(reader: Reader, from: number): { start: number; end: number } | undefined {
  const start = reader.skip(WHITESPACE, from, from + MAX_SPACE);
  if (start === from) return undefined;
  let end = start;
  while (end - start < MAX_WORD && reader.at(end) !== -1 && !isIn(WHITESPACE, reader.at(end))) end += 1;
  return end > start ? { start, end } : undefined;
}
