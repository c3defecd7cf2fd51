import { NOW, type Store, type StoredEvent } from './store.ts';

/** The recorded events of a run from an id on, in batches, until there are no more for now. */
export async function* recordedEvents(
  read: Store['read'],
  runId: string,
  from: number,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  let next = from;
  for (;;) {
    const { events, hasMore } = await read(runId, next, NOW);
    yield events;
    if (!hasMore) return;
    next = (events.at(-1)?.id ?? next) + 1;
  }
}
