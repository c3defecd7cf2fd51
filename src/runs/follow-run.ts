import { endingEvent } from '../sinks/formats/ndjson.ts';
import { createTruncator } from '../stream/truncate.ts';
import { escapeJson } from '../sinks/safe-text.ts';
import { within } from '../system/bounded-wait.ts';
import type { Awaitable } from './any-runs.ts';
import { charsGivenOut } from './kept-bundle.ts';
import type { LiveFeed } from './live-feed.ts';
import { hasEnded, type KeptRun } from './run-entry.ts';
import { type Arrival, type FeedItem, isPiece } from './run-feed.ts';
import type { RunRecords } from './run-record.ts';

/** A run to follow. */
export interface Followed {
  /** As it was when it began to be followed. */
  readonly run: KeptRun;
  /** What is remembered of it now; null when that is nothing any more. */
  readonly find: () => KeptRun | null;
  /** What tells its events as they happen; null for a run that has ended, or that another process carries out. */
  readonly feed: LiveFeed | null;
  readonly records: RunRecords;
}

/** Milliseconds between two looks at a run of another process. */
export const LOOK_MS = 200;

/** The events of a run from an id on, each once, and then what comes; the ending is the last. */
export function followRun(
  followed: Followed,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<FeedItem, void, undefined> {
  const { run, feed } = followed;
  const arrivals = feed === null ? recorded(followed, from, signal) : live(followed, feed, from, signal);
  const find = hasEnded(run) ? () => run : followed.find;
  return tellRun({ run, find, arrivals }, from, signal);
}

/** A run to tell of. */
export interface Told {
  readonly run: KeptRun;
  /** What is remembered of it once nothing comes any more; null when that is nothing. */
  readonly find: () => Awaitable<KeptRun | null>;
  /** Its events from an id on, be it that the first are gone, and pieces between them, until it has ended. */
  readonly arrivals: AsyncIterable<Arrival>;
}

/** What arrives of a run, as those who follow it are told: clipped, with a word where events are missing, and its ending. */
export async function* tellRun(
  { run, find, arrivals }: Told,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<FeedItem, void, undefined> {
  const maxChars = charsGivenOut(run.givenOut);
  const { clip } = createTruncator(maxChars);
  let next = from;
  for await (const arrival of arrivals) {
    if (signal?.aborted === true) return;
    const { id, json } = arrival;
    if (json === undefined && isPiece(arrival.event)) {
      yield { kind: 'piece', json: escapeJson(clip(arrival.event)) };
    } else {
      if (id > next) yield { kind: 'resync', next: id };
      // No text in it is longer than all of it.
      const isShort = json !== undefined && json.length <= maxChars;
      yield { kind: 'event', id, json: isShort ? json : escapeJson(clip(arrival.event)) };
      next = id + 1;
    }
  }
  if (signal?.aborted === true) return;
  const { report, messages, sequence } = (await find()) ?? run;
  const id = messages + 1;
  if (report === null || next > id) return;
  if (next < id) yield { kind: 'resync', next: id };
  yield { kind: 'event', id, json: escapeJson(endingEvent(report, sequence + 1)) };
}

/** The recorded events of a run of this process, and then those that come. */
async function* live(
  { run: { runId }, records }: Followed,
  feed: LiveFeed,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Arrival, void, undefined> {
  // Subscribed before the record is read, so that no event is lost in between.
  const subscription = feed.subscribe(signal);
  let next = from;
  try {
    for (;;) {
      for await (const arrival of records.read(runId, next)) {
        yield arrival;
        next = arrival.id + 1;
      }
      for (let taken = await subscription.take(); taken !== null; taken = await subscription.take()) {
        if (taken.length === 0 || signal?.aborted === true) return;
        for (const arrival of taken) {
          if (arrival.id < next) continue;
          yield arrival;
          if (!isPiece(arrival.event)) next = arrival.id + 1;
        }
      }
    }
  } finally {
    subscription.end();
  }
}

/** The recorded events of a run, until it has ended. */
async function* recorded(
  { run: opened, find, records }: Followed,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Arrival, void, undefined> {
  let run = hasEnded(opened) ? opened : find();
  let next = from;
  for (;;) {
    for await (const arrival of records.read(opened.runId, next)) {
      yield arrival;
      next = arrival.id + 1;
    }
    if (run === null || hasEnded(run) || signal?.aborted === true) return;
    await within(never, { ms: LOOK_MS, ...(signal === undefined ? {} : { signal }) });
    // Asked before the record is read, so that what is written after that is not missed.
    run = find();
  }
}

const never = new Promise<void>(() => {});
