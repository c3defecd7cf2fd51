import type { RunEvent } from '../messages/types.ts';

/** An event of a run, as it happens or as it was recorded. */
export interface Arrival {
  /** Counts from 1, without gaps, over what is recorded; a piece, which is not, has the id of the recorded event that comes next. */
  readonly id: number;
  /** Redacted and whole. */
  readonly event: RunEvent;
  /** The same as it stands in the record, if that is known; pieces stand in none. */
  readonly json?: string;
}

/**
 * What follows a run: `event` is recorded and has an id to come back with; `piece` is a piece of a partial message, which
 * goes out as it comes and is recorded nowhere; `resync` says that events before an id are kept no more. `json` is the event
 * on one line, in which nothing can act on a terminal.
 */
export type FeedItem =
  | { readonly kind: 'event'; readonly id: number; readonly json: string }
  | { readonly kind: 'piece'; readonly json: string }
  | { readonly kind: 'resync'; readonly next: number };

/** Whether an event is a piece of a message that follows whole. */
export function isPiece({ message }: RunEvent): boolean {
  return message.type === 'stream_event';
}
