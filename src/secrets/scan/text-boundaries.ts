import { isIn, WHITESPACE } from './alphabets.ts';

/** Text without whitespace is cut into tokens of at most this length, so that a stream never has to hold more. */
export const MAX_TOKEN = 32 * 1024;

/** How many blanks may stand before a pair of a connection string, or before the value of a member of JSON. */
export const MAX_PAIR_GAP = 2;

const SOFT_ZONE = 4 * 1024;
const SEPARATORS = [',', ';', '}', '&'];
const NONE: readonly number[] = [];
const PIECE = 256;
const ANY_WHITESPACE = /[ \t\n\r]/;

/**
 * Where tokens longer than {@link MAX_TOKEN} are taken to end: just after a separator if one is near, so that hardly
 * a name is torn from its value. It depends only on where the run without whitespace began, hence not on how text
 * arrived. Looks at a few characters per 32 KiB of ordinary text.
 */
export function tokenBoundaries(text: string): readonly number[] {
  if (text.length < MAX_TOKEN) return NONE;
  const boundaries: number[] = [];
  let tokenStart = 0;
  while (text.length - tokenStart >= MAX_TOKEN) {
    const whitespace = lastWhitespace(text, tokenStart, tokenStart + MAX_TOKEN);
    if (whitespace >= 0) tokenStart = whitespace + 1;
    else {
      tokenStart = softEnd(text, tokenStart + MAX_TOKEN);
      boundaries.push(tokenStart);
    }
  }
  return boundaries;
}

/** The index of the last whitespace from `from` up to but not including `to`, or -1. */
export function lastWhitespace(text: string, from: number, to: number): number {
  let end = to;
  // Pieces without any are left behind at once, which is fast before anything is compiled.
  while (end - from > PIECE && !hasWhitespace(text.slice(end - PIECE, end))) end -= PIECE;
  let index = end - 1;
  while (index >= from && !isIn(WHITESPACE, text.charCodeAt(index))) index -= 1;
  return index >= from ? index : -1;
}

export function hasWhitespace(text: string): boolean {
  return ANY_WHITESPACE.test(text);
}

function softEnd(text: string, limit: number): number {
  const start = limit - SOFT_ZONE;
  const zone = text.slice(start, limit);
  const last = Math.max(...SEPARATORS.map((separator) => zone.lastIndexOf(separator)));
  if (last >= 0) return start + last + 1;
  // Never between the halves of one character.
  return (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800 ? limit - 1 : limit;
}
