import { endingEvent, eventLine } from '../../sinks/formats/ndjson.ts';
import type { RunEvent } from '../../messages/types.ts';
import { within } from '../../system/bounded-wait.ts';
import type { AnyLiveRun } from '../any-runs.ts';
import { figuresOf, hasEnded, type KeptRun, type RunChange } from '../run-entry.ts';
import { isPiece } from '../run-feed.ts';
import type { Store, StoredEvent } from './store.ts';

/** A run that this replica carries out, and writes down for the others. */
export interface LiveSharedRun {
  readonly live: AnyLiveRun;
  /** What is known of it here; Redis may be a moment behind. */
  now(): KeptRun;
  /** Gives it up for this reason, since somebody asked another replica to. */
  giveUp(reason: string): void;
  /** Stops it, since it is gone or belongs to another replica now: nothing more of it is written down. */
  lose(): void;
}

export interface LiveSharedInput {
  readonly store: Store;
  /** Repeats an action on Redis until it succeeds; rejects where nobody waits for that any more. */
  readonly insist: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Milliseconds that the end of the run may wait for Redis; after that, it is written as soon as Redis is back. */
  readonly patienceMs: () => Promise<number>;
  /** Told what could not be written. */
  readonly onFault: (error: unknown) => void;
  /** Told once its end is written down, or it belongs to another replica. */
  readonly onOver: () => void;
}

/** One thing to be written to Redis. */
type Step =
  | { readonly kind: 'event'; readonly event: StoredEvent; readonly run: KeptRun }
  | { readonly kind: 'change'; readonly write: () => Promise<boolean> };

/** Characters of events that may wait for Redis before claude's output is read no further, and that are written in one go. */
const ROOM = 1024 * 1024;
const MOST_AT_ONCE = 256 * 1024;

/** Opens a run that is in Redis already. All of it is written in order. */
export function openLiveSharedRun(opened: KeptRun, input: LiveSharedInput): LiveSharedRun {
  const { store, insist, patienceMs, onFault, onOver } = input;
  const { runId } = opened;
  const steps: Step[] = [];
  let run = opened;
  let waiting = 0;
  let pieces = 0;
  let size = 0;
  let isLost = false;
  /** Whether something could not be written down: no more events are then. */
  let isCutOff = false;
  let writing: Promise<void> | null = null;
  let heard: string | null = null;
  let tell = (reason: string): void => void (heard = reason);

  function lose(): void {
    if (isLost) return;
    isLost = true;
    steps.length = 0;
    onFault(new Error(`run ${runId} is stopped: in Redis, it is gone or belongs to another replica`));
    tell('lost');
    onOver();
  }

  function add(step: Step): Promise<void> {
    if (isLost || (isCutOff && step.kind === 'event')) return Promise.resolve();
    steps.push(step);
    writing ??= write();
    return writing;
  }

  async function write(): Promise<void> {
    // All that comes within one turn of the event loop is written together.
    await Promise.resolve();
    for (let taken = take(); taken !== null && !isLost; taken = take()) {
      try {
        if (!(await insist(taken))) lose();
      } catch (error) {
        cutOff(error);
      }
    }
    writing = null;
  }

  /** Stops it, since not all of it can be written down: its record ends there, without a gap in it, and how it ended may follow. */
  function cutOff(error: unknown): void {
    onFault(error);
    if (hasEnded(run)) onOver();
    if (isCutOff) return;
    isCutOff = true;
    steps.splice(0, steps.length, ...steps.filter(({ kind }) => kind === 'change'));
    waiting = 0;
    tell('lost');
  }

  /** The next step, or all events that come next. */
  function take(): (() => Promise<boolean>) | null {
    const [first] = steps;
    if (first === undefined) return null;
    if (first.kind === 'change') {
      steps.shift();
      return first.write;
    }
    const events: StoredEvent[] = [];
    let { run: upTo } = first;
    for (let length = 0, next = steps[0]; next?.kind === 'event' && length < MOST_AT_ONCE; next = steps[0]) {
      steps.shift();
      events.push(next.event);
      length += next.event.text.length;
      waiting -= next.event.text.length;
      upTo = next.run;
    }
    return () => store.append(upTo, events);
  }

  function change(what: RunChange): void {
    run = { ...run, ...what };
    void add({ kind: 'change', write: () => store.change(opened, what) });
  }

  async function end(what: RunChange): Promise<void> {
    const before = run;
    run = { ...run, ...what };
    const written = add({
      kind: 'change',
      async write() {
        const isOurs = await store.end(before, what);
        if (isOurs) onOver();
        return isOurs;
      },
    });
    await within(written, { ms: await patienceMs() });
  }

  const live: AnyLiveRun = {
    runId,
    started: () => change({ state: 'running', startedAt: now() }),
    sink: {
      whole: true,
      write(event) {
        const isWhole = !isPiece(event);
        pieces = isWhole ? 0 : pieces + 1;
        run = { ...run, sequence: event.sequence, messages: run.messages + (isWhole ? 1 : 0) };
        const text = textOf(event);
        if (isWhole) size += text.length;
        waiting += text.length;
        const written = add({ kind: 'event', event: { id: run.messages, piece: pieces, text }, run });
        return waiting > ROOM ? written : undefined;
      },
      close() {},
    },
    claim(sessionId) {
      const before = run;
      run = { ...run, sessionId };
      void add({ kind: 'change', write: () => store.claim(before, sessionId) });
    },
    ended(ended, { report }) {
      const { messages, sequence } = run;
      size += textOf(endingEvent(report, sequence + 1)).length;
      return end({ state: 'finished', endedAt: now(), ended, ...figuresOf(report), messages, sequence, size });
    },
    refused(ended, failure) {
      const { messages, sequence } = run;
      const state = run.startedAt === null ? 'refused' : 'finished';
      return end({ state, endedAt: now(), ended, failure, messages, sequence, size });
    },
    async discard() {
      const forgotten = add({
        kind: 'change',
        async write() {
          await store.forget(opened);
          onOver();
          return true;
        },
      });
      await within(forgotten, { ms: await patienceMs() });
    },
    heed(listener) {
      tell = listener;
      if (heard !== null) listener(heard);
    },
  };
  return { live, now: () => run, giveUp: (reason) => tell(reason), lose };
}

function now(): string {
  return new Date().toISOString();
}

/** An event as a line of a recording, without its end. */
function textOf(event: RunEvent): string {
  return eventLine(event).trimEnd();
}
