import { BLANK, isIn, TOKEN68, WORD } from '../scan/alphabets.ts';
import { looksLikePlaceholder } from '../judge/placeholder-words.ts';
import type { Reader } from '../scan/reader.ts';
import { shapeOf } from '../judge/value-shape.ts';
import type { Anchor, Span } from '../scan/span.ts';

const COLON = 58;
const EQUALS = 61;
const SEMICOLON = 59;
const PERCENT = 37;
const HYPHEN = 45;
const DOT = 46;
const MIN_VALUE = 12;
const MAX_NAME = 128;
const MAX_VALUE = 4096;
const MAX_PAIRS = 64;

/** The values of `Cookie:` and `Set-Cookie:` that look drawn by lot; names, languages and counters stay. */
export const COOKIE_ANCHOR: Anchor = { text: 'cookie', exact: false, parse: parseCookies };

function parseCookies(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  let index = reader.skip(BLANK, anchorEnd, anchorEnd + 4);
  if (reader.at(index) !== COLON) return undefined;
  const spans: Span[] = [];
  index += 1;
  for (let pairs = 0; pairs < MAX_PAIRS; pairs += 1) {
    const name = reader.skip(BLANK, index, index + 4);
    const nameEnd = skipName(reader, name);
    if (nameEnd === name || reader.at(nameEnd) !== EQUALS) break;
    const start = nameEnd + 1;
    const end = skipValue(reader, start);
    if (isSessionValue(reader.text, start, end)) spans.push({ kind: 'cookie', start, end });
    index = reader.skip(BLANK, end, end + 4);
    if (reader.at(index) !== SEMICOLON) break;
    index += 1;
  }
  return spans.length > 0 ? spans : undefined;
}

function skipName(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_NAME && isNameCharacter(reader.at(index))) index += 1;
  return index;
}

function isNameCharacter(code: number): boolean {
  return isIn(WORD, code) || code === HYPHEN || code === DOT;
}

function skipValue(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_VALUE && (isIn(TOKEN68, reader.at(index)) || reader.at(index) === PERCENT)) index += 1;
  return index;
}

function isSessionValue(text: string, start: number, end: number): boolean {
  if (end - start < MIN_VALUE) return false;
  const shape = shapeOf(text, start, end);
  return shape.digits > 0 && shape.letters > 0 && shape.changes >= 4 && !looksLikePlaceholder(text.slice(start, end));
}
