import { isUnknown, type RunEvent } from '../../../messages/types.ts';
import { createTruncator } from '../../../stream/truncate.ts';
import { withoutMessage } from './without-message.ts';

/** Events that are small enough, and what had to be clipped from them. */
export interface Fitted {
  readonly events: readonly RunEvent[];
  readonly clipped: { readonly strings: number; readonly characters: number };
  /** The sequence of the first event that was clipped, or null. */
  readonly firstClipped: number | null;
}

/** No event takes fewer characters of JSON. */
const SMALLEST_EVENT = 100;

/** To which length tool results are clipped, and then all strings, one length after the other until the events fit. */
const RESULT_LENGTHS = [4_000, 1_000, 250];
const STRING_LENGTHS = [2_000, 500, 250];

/**
 * As many of the last events as take no more than `room` characters of JSON, commas included. The bodies of tool results
 * are clipped before the oldest events are dropped; other strings only where not even the newest event fits.
 */
export function fitLast(events: readonly RunEvent[], room: number): Fitted {
  const candidates = events.slice(-Math.max(1, Math.floor(room / SMALLEST_EVENT)));
  const isWhole = candidates.length === events.length;
  for (const length of [Infinity, ...RESULT_LENGTHS]) {
    const fitted = clipEvents(candidates, length, isToolResult);
    const most = howManyFit(fitted.events.toReversed(), room);
    if (isWhole && most === candidates.length) return fitted;
    if (length === RESULT_LENGTHS.at(-1) && most > 0) return clipEvents(candidates.slice(-most), length, isToolResult);
  }
  const newest = candidates.at(-1);
  return (newest && clipUntilFits(newest, room)) ?? untouched([]);
}

/** As many of the first events as fit, and one at least, clipped if it must be: who pages has to get on. */
export function fitFirst(events: readonly RunEvent[], room: number): Fitted {
  const most = howManyFit(events, room);
  const [first] = events;
  if (most > 0 || first === undefined) return untouched(events.slice(0, most));
  return clipUntilFits(first, room) ?? { ...untouched([withoutMessage(first)]), firstClipped: first.sequence };
}

function clipUntilFits(event: RunEvent, room: number): Fitted | null {
  for (const length of STRING_LENGTHS) {
    const fitted = clipEvents([event], length, () => true);
    if (howManyFit(fitted.events, room) === 1) return fitted;
  }
  return null;
}

function untouched(events: readonly RunEvent[]): Fitted {
  return { events, clipped: { strings: 0, characters: 0 }, firstClipped: null };
}

/** How many of the first. */
function howManyFit(events: readonly RunEvent[], room: number): number {
  let left = room;
  let most = 0;
  for (const event of events) {
    left -= lengthOf(event);
    if (left < 0) break;
    most++;
  }
  return most;
}

/** With a comma. */
function lengthOf(event: RunEvent): number {
  return JSON.stringify(event).length + 1;
}

function clipEvents(events: readonly RunEvent[], length: number, isClipped: (event: RunEvent) => boolean): Fitted {
  const truncator = createTruncator(length);
  let firstClipped: number | null = null;
  const clipped = events.map((event) => {
    const short = isClipped(event) ? truncator.clip(event) : event;
    if (short !== event) firstClipped ??= event.sequence;
    return short;
  });
  return { events: clipped, clipped: truncator.clipped(), firstClipped };
}

/** What claude calls a user is, but for the prompt, the tools. */
function isToolResult({ message }: RunEvent): boolean {
  return !isUnknown(message) && message.type === 'user';
}
