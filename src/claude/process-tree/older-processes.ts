import { monotonicMs } from '../../system/monotonic.ts';
import type { ProcessTable } from './process-table.ts';

/** Processes that need not be looked at any more by who looks for younger ones. */
export interface Older {
  readonly ids: ReadonlySet<number>;
  /** When the first of them was seen, as `monotonicMs` tells time. */
  readonly since: number;
}

/** How long ids are relied on, in milliseconds: too short a time for one to be given to another process. */
const FRESH_MS = 1_000;

/** What was seen last in each table, and what those processes are older than. */
const lastSeen = new WeakMap<ProcessTable, Older & { readonly than: number }>();

/**
 * The processes that started before a given one. What a look for another one has seen in the last half second is not read
 * again: where runs end one after the other, each reads of those alone that came in between.
 * @param start as the table has it
 * @param foreign ids that are no matter of whoever asks; they are not read either
 * @throws the system's error when it can't be told
 */
export function seeOlder(table: ProcessTable, start: string, foreign: ReadonlySet<number>): Older {
  const last = lastSeen.get(table);
  const known = last !== undefined && last.than <= Number(start) && isFresh(last, FRESH_MS / 2) ? last : null;
  const since = known?.since ?? monotonicMs();
  const spared = new Set([...foreign, ...(known?.ids ?? [])]);
  table.read(start, spared);
  const ids = new Set([...spared].filter((id) => !foreign.has(id)));
  // Not where it was of use: runs that started earlier may end later.
  if (known === null) lastSeen.set(table, { ids, than: Number(start), since });
  return { ids, since };
}

/** Whether their ids are theirs still. */
export function isFresh({ since }: Older, forMs = FRESH_MS): boolean {
  return monotonicMs() - since < forMs;
}
