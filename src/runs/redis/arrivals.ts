import { readEventLine } from '../../stream/read-recording.ts';
import { within } from '../../system/bounded-wait.ts';
import { hasEnded } from '../run-entry.ts';
import type { Arrival } from '../run-feed.ts';
import type { Keys } from './keys.ts';
import { NOW, type Store, type StoredEvent } from './store.ts';
import { listenTo, type Wakes } from './wakes.ts';

export interface ArrivalsInput {
  readonly store: Pick<Store, 'read'>;
  readonly wakes: Wakes;
  readonly keys: Pick<Keys, 'wake'>;
  readonly insist: <Result>(act: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
}

/** Milliseconds between two looks at a run of which nothing is heard. */
export const LOOK_MS = 1_000;

/**
 * The events of a run from an id on, whichever replica carries it out, until it has ended: those that are recorded, and the
 * pieces between those that come.
 */
export async function* arrivalsOf(
  runId: string,
  from: number,
  signal: AbortSignal | undefined,
  { store, wakes, keys, insist }: ArrivalsInput,
): AsyncGenerator<Arrival, void, undefined> {
  const changes = await listenTo(wakes, keys.wake(runId));
  let next = from;
  let place = NOW;
  try {
    for (;;) {
      // Listened to before it is looked at, so that no change is missed in between.
      const change = changes.next();
      const { run, events, pieces, hasMore } = await insist(() => store.read(runId, next, place), signal);
      // Pieces from before this began are not told.
      const between = place === NOW ? [] : pieces;
      for (const { id, piece, text } of inOrder(events, between)) {
        if (signal?.aborted === true) return;
        const event = readEventLine(text);
        const nth = piece === 0 ? id : id + 1;
        if (event === null || nth < next) continue;
        yield { id: nth, event };
        if (piece === 0) next = nth + 1;
      }
      place = placeOf(pieces, place);
      if (hasMore) continue;
      if (run === null || hasEnded(run) || signal?.aborted === true) return;
      await within(change, { ms: LOOK_MS, ...(signal === undefined ? {} : { signal }) });
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    changes.end();
  }
}

function inOrder(events: readonly StoredEvent[], pieces: readonly StoredEvent[]): readonly StoredEvent[] {
  if (pieces.length === 0) return events;
  return [...events, ...pieces].toSorted((one, other) => one.id - other.id || one.piece - other.piece);
}

/** Where the next pieces are: behind the last one that was read. */
function placeOf(pieces: readonly StoredEvent[], place: string): string {
  const last = pieces.at(-1);
  if (last !== undefined) return `${last.id}-${last.piece}`;
  return place === NOW ? '0-0' : place;
}
