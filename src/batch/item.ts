import type { RunRequest } from '../request/run-request.ts';

/** A row of what a batch is made of, as it stands there. */
export interface Row extends Place {
  /** What it says, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Text that it is or comes with, as what is piped into a run; absent: none. */
  readonly piped?: string;
}

/** A row that can't be read, or asks for what can't be. */
export interface BadRow extends Place {
  /** What is wrong, in words that follow a place and a colon. */
  readonly problem: string;
}

/** Where a row stands. */
export interface Place {
  /** For messages: `items.jsonl:3`. */
  readonly where: string;
  /** Counts from 1. */
  readonly number: number;
  /** How much of the source ends with it, from 0 to 1; null where that can't be told. */
  readonly share: number | null;
}

/** One thing to be done: plain JSON, whoever carries it out. */
export interface Item extends Place {
  /** Names it among all of its batch. */
  readonly id: string;
  /** All that is asked, the prompt included. */
  readonly request: RunRequest;
  /** The options that it sets itself, by name: what goes wrong with them is no other item's trouble. */
  readonly own: readonly string[];
  /** Names all that its answer depends on: where that is the same, an answer is still good. */
  readonly fingerprint: string;
  /** The label of the workers behind a queue that can do it; absent: that of the batch. */
  readonly only?: string;
}

/** Tells an item from what is none. */
export function isItem(row: Item | BadRow): row is Item {
  return 'fingerprint' in row;
}
