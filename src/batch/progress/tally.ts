import type { OutcomeClass } from '../../outcome/classes.ts';
import { followStatus, type Status } from '../../sinks/pretty/status.ts';
import type { BadRow, Item } from '../item.ts';
import type { State } from '../journal/entry.ts';
import type { Observer } from '../observer.ts';

/** An item that is not done, and why: a dead letter. */
export interface Letter {
  /** Null for a row that is no item. */
  readonly id: string | null;
  readonly where: string;
  readonly state: Exclude<State, 'done'> | 'unreadable';
  readonly class: OutcomeClass | null;
  readonly message: string;
}

/** How a batch stands. */
export interface Tally {
  /** Done now, and done before. */
  readonly done: number;
  readonly doneBefore: number;
  /** Items that were done and whose findings are such that the run is not to count as a success. */
  readonly findings: number;
  /** All that are not done and will not be run any more this time. */
  readonly letters: readonly Letter[];
  /** How many of them there are, by class or state. */
  readonly failed: ReadonlyMap<string, number>;
  readonly running: readonly Running[];
  /** Runs that have ended, those that are run again included. */
  readonly runs: number;
  /** Items that have got their final state this time. */
  readonly ended: number;
  /** Those of this time; input counts what the cache had, too. */
  readonly tokens: { readonly input: number; readonly output: number };
  /** Dollars that the runs of this time cost. */
  readonly costUsd: number;
  /** How much of the source has been read, from 0 to 1; null where that can't be told. */
  readonly share: number | null;
  /** Rows that were read. */
  readonly rows: number;
  /** How many may run at once, null before that is known; and until when none may begin, by the clock. */
  readonly pace: { readonly limit: number | null; readonly pausedUntil: number };
}

/** An item that is being carried out. */
export interface Running {
  readonly item: Pick<Item, 'id' | 'where'>;
  /** By the clock. */
  readonly since: number;
  readonly status: Status;
}

/** Why it is not done, in a word: the outcome class of an item that failed, or else its state. */
export function kindOf({ state, class: own }: Pick<Letter, 'state' | 'class'>): string {
  return state === 'failed' ? (own ?? state) : state;
}

/** Letters that are kept in full; the rest is counted. */
const MOST_LETTERS = 10_000;

/** Counts what an observer is told. Times are of `now`, monotonic, in milliseconds. */
export function keepTally(now: () => number): { readonly observer: Observer; readonly tally: Tally } {
  // No map: where much comes and goes, V8 holds on to what was in one until it clears the whole heap.
  const running: Running[] = [];
  const letters: Letter[] = [];
  const failed = new Map<string, number>();
  /** Items that wait for their next run. */
  const again = new Set<string>();
  const tokens = { input: 0, output: 0 };
  const pace: { limit: number | null; pausedUntil: number } = { limit: null, pausedUntil: 0 };
  const tally = {
    done: 0,
    doneBefore: 0,
    findings: 0,
    letters,
    failed,
    running,
    runs: 0,
    ended: 0,
    tokens,
    costUsd: 0,
    share: null as number | null,
    rows: 0,
    pace,
  };

  function post(letter: Letter): void {
    const kind = kindOf(letter);
    failed.set(kind, (failed.get(kind) ?? 0) + 1);
    if (letters.length < MOST_LETTERS) letters.push(letter);
  }

  function read({ share }: Pick<BadRow, 'share'>): void {
    tally.rows++;
    tally.share = share ?? tally.share;
  }

  /** Returns whether it ran. */
  function takeOff({ id }: Pick<Item, 'id'>): boolean {
    const place = running.findIndex(({ item }) => item.id === id);
    return place !== -1 && running.splice(place, 1).length > 0;
  }

  return {
    tally,
    observer: {
      bad(row) {
        read(row);
        post({ id: null, where: row.where, state: 'unreadable', class: null, message: row.problem });
      },
      left(item, as, known) {
        if (!again.delete(item.id) && !takeOff(item)) read(item);
        if (as === 'done') tally.doneBefore++;
        else
          post({
            id: item.id,
            where: item.where,
            state: as,
            class: known?.class ?? null,
            message: known?.message ?? '',
          });
      },
      begun(item) {
        if (!again.delete(item.id)) read(item);
        running.push({ item, since: now(), status: followStatus(now) });
      },
      saw: ({ id }, { message }) => running.find(({ item }) => item.id === id)?.status.see(message),
      ended(item, bundle, state, message) {
        const { id, where } = item;
        takeOff(item);
        tally.runs++;
        tally.costUsd += bundle.totalCostUsd ?? 0;
        tokens.input +=
          bundle.usage.inputTokens + bundle.usage.cacheReadInputTokens + bundle.usage.cacheCreationInputTokens;
        tokens.output += bundle.usage.outputTokens;
        if (state === null) return void again.add(id);
        tally.ended++;
        if (state !== 'done') return post({ id, where, state, class: bundle.outcome.class, message: message ?? '' });
        tally.done++;
        if (bundle.outcome.class !== 'success') tally.findings++;
      },
      paced(limit, pausedMs) {
        pace.limit = limit;
        pace.pausedUntil = now() + pausedMs;
      },
    },
  };
}
