import { DOTTED, BLANK, ENCODED, TOKEN68 } from '../../scan/alphabets.ts';
import { EQUALS, LETTER_S, SEMICOLON } from '../../scan/codes.ts';
import { looksLikePlaceholder } from '../../judge/placeholder-words.ts';
import type { Reader } from '../../scan/reader.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { headerValueAt } from './authorization-header.ts';

const MIN_VALUE = 12;
const MIN_SESSION = 6;
const MAX_NAME = 128;
const MAX_VALUE = 4096;
const MAX_PAIRS = 64;
/** A value is judged by its beginning. */
const JUDGED = 128;
/** Names of cookies that let their bearer in. */
const SESSION_NAME = /sess|sid$|auth|token|jwt|remember|secret|^cf_clearance$|^li_at$|^ticket/i;
const CONSENT = /consent|accepted|lang|theme|timezone|^_g[al]|utm/i;

/** The values of `Cookie:` and `Set-Cookie:` that look drawn by lot; names, languages and counters stay. */
export const COOKIE_ANCHOR: Anchor = anchorAt('cookie', parseCookies);

function parseCookies(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  const nameEnd = reader.at(anchorEnd) === LETTER_S ? anchorEnd + 1 : anchorEnd;
  const value = headerValueAt(reader, nameEnd);
  if (value === undefined) return undefined;
  const spans = cookiesAt(reader, value);
  return spans.length > 0 ? spans : undefined;
}

/** The secrets among `name=value; name=value` at `from`, at most to `limit`. */
export function cookiesAt(reader: Reader, from: number, limit = Infinity): Span[] {
  const spans: Span[] = [];
  let index = from;
  for (let pairs = 0; pairs < MAX_PAIRS; pairs += 1) {
    const name = reader.skip(BLANK, index, index + 4);
    const nameEnd = reader.skip(DOTTED, name, name + MAX_NAME);
    if (nameEnd === name || reader.at(nameEnd) !== EQUALS) break;
    const start = nameEnd + 1;
    const end = Math.min(skipValue(reader, start), limit);
    if (isSessionValue(reader.text, start, end, reader.text.slice(name, nameEnd))) {
      spans.push({ kind: 'cookie', start, end });
    }
    index = reader.skip(BLANK, end, end + 4);
    if (reader.at(index) !== SEMICOLON) break;
    index += 1;
  }
  return spans;
}

function skipValue(reader: Reader, from: number): number {
  return reader.skip(TOKEN68 | ENCODED, from, from + MAX_VALUE);
}

function isSessionValue(text: string, start: number, end: number, name: string): boolean {
  const isNamed = SESSION_NAME.test(name) && !CONSENT.test(name);
  if (end - start < (isNamed ? MIN_SESSION : MIN_VALUE)) return false;
  const judged = Math.min(end, start + JUDGED);
  const shape = shapeOf(text, start, judged);
  const isDrawn = shape.digits > 0 && shape.letters > 0 && shape.changes >= (isNamed ? 2 : 4);
  return isDrawn && !looksLikePlaceholder(text.slice(start, judged));
}
