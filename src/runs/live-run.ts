import type { RunEvent } from '../messages/types.ts';
import { endingEvent } from '../sinks/formats/ndjson.ts';
import type { Ending, Sink } from '../sinks/sink.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { figuresOf, type KeptRun, type RunChange, type RunFailure } from './run-entry.ts';
import { isPiece } from './run-feed.ts';
import type { RunIndex } from './run-index.ts';
import type { RecordWriter, RunRecords } from './run-record.ts';
import { type WrittenEvent, writtenEvent } from './written-event.ts';

/** A run of this process, as it goes on. Nothing of it throws: what can't be kept is told to the operator. */
export interface LiveRun {
  readonly runId: string;
  started(): void;
  /** Takes its events down. */
  readonly sink: Sink;
  /** Tells its session, which becomes its subject's unless it is somebody's already. */
  claim(sessionId: string): void;
  /** Its end: how it came about, and what it came to. */
  ended(ended: string, ending: Ending): void;
  /** Its end, where it was never started, or brought nothing through a fault of ours. */
  refused(ended: string, failure: RunFailure): void;
  /** Forgets it: it was never let in. */
  discard(): void;
}

/** The same for those who follow it. It is known here whatever becomes of the index. */
export interface Going {
  readonly live: LiveRun;
  readonly feed: LiveFeed;
  /** What is remembered of it now. */
  now(): KeptRun;
  /** Settles when it has ended. */
  readonly over: Promise<void>;
  /** Writes all that is known of it to the index; false where that can't be. */
  save(): boolean;
}

export interface GoingInput {
  readonly index: RunIndex;
  readonly records: RunRecords;
  /** Does what may fail; null when it did. */
  readonly attempt: <Value>(act: () => Value) => Value | null;
  /** Told when it has ended, before those who wait for that are, and whether the index knows. */
  readonly onEnd: (isSaved: boolean) => void;
}

/** Opens a run that is in the index already. */
export function openLiveRun(opened: KeptRun, { index, records, attempt, onEnd }: GoingInput): Going {
  const { runId, subject } = opened;
  const feed = createLiveFeed();
  let run = opened;
  let record: RecordWriter | null = null;
  let size = 0;
  let settle = (): void => {};
  const over = new Promise<void>((resolve) => {
    settle = resolve;
  });

  /** False where the index does not know of it. */
  function change(what: RunChange): boolean {
    run = { ...run, ...what };
    // One that could not be added, or was in an index that had to begin anew, is not there to be changed.
    return attempt(() => index.change(runId, what) || put()) === true;
  }

  function put(): boolean {
    index.add(opened);
    return index.change(runId, run);
  }

  function append(written: WrittenEvent): void {
    // What comes after a gap would have other numbers there.
    if (attempt(() => record?.append(written)) === null) closeRecord(null);
  }

  /** Returns what the record takes. */
  function closeRecord(ending: RunEvent | null): number {
    const closing = record;
    record = null;
    if (closing !== null) size = attempt(() => closing.close(ending)) ?? size;
    return size;
  }

  function end(isSaved: boolean): void {
    onEnd(isSaved);
    feed.end();
    settle();
  }

  const live: LiveRun = {
    runId,
    started() {
      record = attempt(() => records.create(runId));
      change({ state: 'running', startedAt: now() });
    },
    sink: {
      whole: true,
      write(event) {
        const id = run.messages + 1;
        if (isPiece(event)) {
          run = { ...run, sequence: event.sequence };
          feed.tell({ id, event });
          return;
        }
        // Written to the index with the end: until then, the record tells as much.
        run = { ...run, sequence: event.sequence, messages: id };
        const written = writtenEvent(event);
        append(written);
        feed.tell({
          id,
          event,
          get json() {
            return written.json;
          },
        });
      },
      close() {},
    },
    claim(sessionId) {
      attempt(() => index.claim(sessionId, subject));
      change({ sessionId });
    },
    ended(ended, { report }) {
      const { messages, sequence } = run;
      const size = closeRecord(endingEvent(report, sequence + 1));
      end(change({ state: 'finished', endedAt: now(), ended, ...figuresOf(report), messages, sequence, size }));
    },
    refused(ended, failure) {
      const { messages, sequence } = run;
      const size = closeRecord(null);
      const isSaved = change({
        state: run.startedAt === null ? 'refused' : 'finished',
        endedAt: now(),
        ended,
        failure,
        messages,
        sequence,
        size,
      });
      end(isSaved);
    },
    discard() {
      attempt(() => index.remove(runId));
      end(true);
    },
  };
  return { live, feed, now: () => run, over, save: () => change(run) };
}

function now(): string {
  return new Date().toISOString();
}
