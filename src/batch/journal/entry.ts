import { isRecord } from '../../is-record.ts';
import { OUTCOME_CLASSES, type OutcomeClass } from '../../outcome/classes.ts';

/** A line of a journal. */
export type Entry = Heading | Writing | Ended | Settled;

/** The first line: whose journal it is. */
export interface Heading {
  readonly entry: 'batch';
  readonly version: number;
  /** Where the items are from. */
  readonly source: string;
  /** Where they are carried out; absent: by those who have the journal. */
  readonly queue?: QueuedAs;
}

/** A batch in a queue. */
export interface QueuedAs {
  /** That of the queue. */
  readonly name: string;
  /** Names the batch there. */
  readonly batch: string;
}

/** An item's run is about to use a tool that may write, for the first time. */
export interface Writing {
  readonly entry: 'writing';
  readonly id: string;
  readonly fingerprint: string;
  readonly tool: string;
}

/** What became of an item. */
export interface Ended {
  readonly entry: 'ended';
  readonly id: string;
  readonly fingerprint: string;
  readonly state: State;
  readonly class: OutcomeClass;
  /** Why it is not done, in words. */
  readonly message?: string;
  /** The first tool that its run used which may write; absent: none. */
  readonly tool?: string;
  /** Dollars, by claude's own estimate. */
  readonly costUsd: number;
  /** Bytes of the output once its line is there; only where it is done, and the output is one file. */
  readonly end?: number;
}

/** The output was written anew: superseded lines are gone. */
export interface Settled {
  readonly entry: 'settled';
  readonly end: number;
}

/**
 * What an item is left as. `failed`: it ended, and another try may end otherwise. `uncertain`: it may have changed something, and
 * how far it got is not known. `open`: it has done nothing that would be done twice.
 */
export type State = (typeof STATES)[number];
const STATES = ['done', 'failed', 'uncertain', 'open'] as const;
const KNOWN_STATES: ReadonlySet<unknown> = new Set(STATES);
const KNOWN_CLASSES: ReadonlySet<unknown> = new Set(OUTCOME_CLASSES);

/** The version of journals that this is. */
export const VERSION = 1;

/** Reads a line; null for what is none. Unknown kinds of lines are none either. */
export function readEntry(line: string): Entry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return isEntry(value) ? value : null;
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const { entry, id, fingerprint } = value;
  switch (entry) {
    case 'batch':
      return typeof value['version'] === 'number' && typeof value['source'] === 'string' && isQueuedAs(value['queue']);
    case 'writing':
      return typeof id === 'string' && typeof fingerprint === 'string' && typeof value['tool'] === 'string';
    case 'ended':
      return typeof id === 'string' && typeof fingerprint === 'string' && isEnding(value);
    case 'settled':
      return typeof value['end'] === 'number';
    default:
      return false;
  }
}

function isQueuedAs(value: unknown): boolean {
  if (value === undefined) return true;
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['batch'] === 'string';
}

function isEnding({ state, class: own, message, tool, costUsd, end }: Readonly<Record<string, unknown>>): boolean {
  return (
    KNOWN_STATES.has(state) &&
    KNOWN_CLASSES.has(own) &&
    (message === undefined || typeof message === 'string') &&
    (tool === undefined || typeof tool === 'string') &&
    typeof costUsd === 'number' &&
    (end === undefined || typeof end === 'number')
  );
}
