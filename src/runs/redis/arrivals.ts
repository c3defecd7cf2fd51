import { readEventLine } from '../../stream/read-recording.ts';
import { within } from '../../system/bounded-wait.ts';
import type { LiveEvent } from '../live-feed.ts';
import { hasEnded } from '../run-entry.ts';
import type { Keys } from './keys.ts';
import { NOW, type Numbered, type Store } from './store.ts';
import type { Wakes } from './wakes.ts';

export interface ArrivalsInput {
  readonly store: Pick<Store, 'read'>;
  readonly wakes: Wakes;
  readonly keys: Pick<Keys, 'wake'>;
  readonly insist: <Result>(act: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
}

/** Milliseconds between two looks at a run of which nothing is heard. */
export const LOOK_MS = 1_000;

/** How many events are read in one go. */
const MOST = 200;

/** What arrives of a run that any replica carries out, from an event on: what is recorded, pieces between, until it has ended. */
export async function* arrivalsOf(
  runId: string,
  from: number,
  signal: AbortSignal | undefined,
  { store, wakes, keys, insist }: ArrivalsInput,
): AsyncGenerator<LiveEvent, void, undefined> {
  let wake = (): void => {};
  const unfollow = await wakes.on(keys.wake(runId), () => wake());
  let next = from;
  let place = NOW;
  try {
    for (;;) {
      const word = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { run, events, pieces } = await insist(() => store.read(runId, next, place, MOST), signal);
      // Those that were before are not for those who come now.
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
      if (events.length === MOST) continue;
      if (run === null || hasEnded(run) || signal?.aborted === true) return;
      await within(word, { ms: LOOK_MS, ...(signal === undefined ? {} : { signal }) });
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    unfollow();
  }
}

function inOrder(events: readonly Numbered[], pieces: readonly Numbered[]): readonly Numbered[] {
  if (pieces.length === 0) return events;
  return [...events, ...pieces].toSorted((one, other) => one.id - other.id || one.piece - other.piece);
}

/** Behind the last piece that was read. */
function placeOf(pieces: readonly Numbered[], place: string): string {
  const last = pieces.at(-1);
  if (last !== undefined) return `${last.id}-${last.piece}`;
  return place === NOW ? '0-0' : place;
}
