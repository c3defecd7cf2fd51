import { MIN_CHARS } from '../limits.ts';
import { lineOf } from '../messages/line-of.ts';
import type { RunEvent } from '../messages/types.ts';
import { stringMapper } from './map-strings.ts';

/** Clips the long strings of events and counts what it cut. */
export interface Truncator {
  /** The event itself when nothing in it is too long. */
  clip(event: RunEvent): RunEvent;
  clipped(): { readonly strings: number; readonly characters: number };
}

/** Where a placeholder of the redactor begins and ends: a cut never goes through one. */
const PLACEHOLDER_MAX = 100;

/**
 * Keeps at most `limit` UTF-16 units, and no fewer than 64, of every string of a message: two thirds from its beginning
 * and one from its end, with a note of what is missing between them. `Infinity` keeps everything. Keys stay whole.
 */
export function createTruncator(limit: number): Truncator {
  const maxChars = Math.max(limit, MIN_CHARS);
  let strings = 0;
  let characters = 0;

  function clipString(text: string): string {
    if (text.length <= maxChars) return text;
    const head = cutBefore(text, Math.ceil((maxChars * 2) / 3));
    const tail = cutAfter(text, text.length - Math.floor(maxChars / 3));
    strings++;
    characters += tail - head;
    const note = `… [${tail - head} characters clipped by sluice] …`;
    // Joined, which copies: slices and sums of them would keep the long text in memory.
    return [text.slice(0, head), note, text.slice(tail)].join('\n');
  }

  const clipStrings = stringMapper(clipString, { editKey: (key) => key });

  return {
    clip(event) {
      const length = lineOf(event.message)?.length ?? Infinity;
      if (length <= maxChars || !holdsLonger(event.message, maxChars)) return event;
      const message = clipStrings(event.message);
      return message === event.message ? event : { ...event, message, truncated: true };
    },
    clipped: () => ({ strings, characters }),
  };
}

/** Whether a string in a JSON value is longer than `limit`. */
function holdsLonger(value: unknown, limit: number): boolean {
  if (typeof value === 'string') return value.length > limit;
  return typeof value === 'object' && value !== null && Object.values(value).some((part) => holdsLonger(part, limit));
}

/** The last place at or before `index` that is inside no surrogate pair and no placeholder. */
function cutBefore(text: string, index: number): number {
  const open = text.lastIndexOf('[REDACTED:', index);
  if (open !== -1 && index - open < PLACEHOLDER_MAX && closes(text, open) > index) return open;
  return splitsPair(text, index) ? index - 1 : index;
}

/** The first place at or after `index` that is inside no surrogate pair and no placeholder. */
function cutAfter(text: string, index: number): number {
  const open = text.lastIndexOf('[REDACTED:', index);
  if (open !== -1 && open < index && index - open < PLACEHOLDER_MAX) {
    const close = closes(text, open);
    if (close > index) return close;
  }
  return splitsPair(text, index) ? index + 1 : index;
}

function closes(text: string, open: number): number {
  const close = text.indexOf(']', open);
  return close === -1 || close - open > PLACEHOLDER_MAX ? open : close + 1;
}

function splitsPair(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff;
}
