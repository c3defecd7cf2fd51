import { isIn, QUOTES, WHITESPACE } from '../scan/alphabets.ts';
import { looksLikePlaceholder } from '../judge/placeholder-words.ts';
import type { Reader } from '../scan/reader.ts';
import type { Anchor, Span } from '../scan/span.ts';

const NEWLINE = 10;
const HYPHEN = 45;
const COLON = 58;
const MAX_LINE = 2048;
const MAX_CREDENTIALS = 256;

/** The password of `curl -u user:password`, `--user user:password` and the proxy's, anywhere on curl's line. */
export const CURL_ANCHOR: Anchor = { text: 'curl', exact: true, parse: parseCurl };

function parseCurl(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  for (let index = anchorEnd; index - anchorEnd < MAX_LINE; index += 1) {
    const code = reader.at(index);
    // A second curl looks after its own arguments; without this, a line of nothing but curls would take its square.
    if (code === NEWLINE || code === -1 || reader.sees('curl', index)) return undefined;
    if (code === HYPHEN && isIn(WHITESPACE, reader.text.charCodeAt(index - 1))) {
      const value = userArgumentAt(reader, index);
      if (value !== undefined) return passwordOf(reader, value);
    }
  }
  return undefined;
}

function userArgumentAt(reader: Reader, from: number): number | undefined {
  const flag = ['--proxy-user', '--user', '-u'].find((name) => reader.sees(name, from));
  if (flag === undefined) return undefined;
  const value = reader.skip(WHITESPACE, from + flag.length, from + flag.length + 4);
  const separated = value > from + flag.length || reader.sees('=', value) || flag === '-u';
  return separated ? (reader.sees('=', value) ? value + 1 : value) : undefined;
}

function passwordOf(reader: Reader, from: number): Span | undefined {
  const quote = isIn(QUOTES, reader.at(from)) ? reader.at(from) : undefined;
  let start = 0;
  let index = quote === undefined ? from : from + 1;
  for (; index - from < MAX_CREDENTIALS; index += 1) {
    const code = reader.at(index);
    if (code === -1 || (quote === undefined ? isIn(WHITESPACE, code) || isIn(QUOTES, code) : code === quote)) break;
    if (code === COLON && start === 0) start = index + 1;
  }
  if (start === 0 || index <= start) return undefined;
  const password = reader.text.slice(start, index);
  if (password.startsWith('$') || looksLikePlaceholder(password)) return undefined;
  return { kind: 'password', start, end: index };
}
