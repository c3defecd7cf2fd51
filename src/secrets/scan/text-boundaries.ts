import { isIn, WHITESPACE } from './alphabets.ts';

/** Text without whitespace is cut into tokens of at most this length, so that a stream never has to hold more. */
export const MAX_TOKEN = 32 * 1024;

const SOFT_ZONE = 4 * 1024;
const SEPARATORS = new Set(Array.from(',;}&', (character) => character.charCodeAt(0)));
const NONE: readonly number[] = [];

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
  let index = to - 1;
  while (index >= from && !isIn(WHITESPACE, text.charCodeAt(index))) index -= 1;
  return index >= from ? index : -1;
}

function softEnd(text: string, limit: number): number {
  for (let end = limit; end > limit - SOFT_ZONE; end -= 1) {
    if (SEPARATORS.has(text.charCodeAt(end - 1))) return end;
  }
  // Never between the halves of one character.
  return (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800 ? limit - 1 : limit;
}
