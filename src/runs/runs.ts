import type { Bundle } from '../outcome/bundle.ts';
import type { RunEvent } from '../messages/types.ts';
import { within } from '../system/bounded-wait.ts';
import { followRun, LOOK_MS } from './follow-run.ts';
import { keptBundle, keptMessages } from './kept-bundle.ts';
import { type Going, type LiveRun, openLiveRun } from './live-run.ts';
import { type CallbackState, hasEnded, type KeptRun, type NewRun, openingEntry } from './run-entry.ts';
import type { FeedItem } from './run-feed.ts';
import type { KeepLimits, RunFilter, RunIndex, RunList, SessionList } from './run-index.ts';
import type { RunRecords } from './run-record.ts';

/** What there is of runs: those that wait, go on and have ended, of this process and, on disk, of others. */
export interface Runs {
  readonly limits: KeepLimits;
  /**
   * Takes down a run that is to be carried out. Where its subject has one of that key, nothing is taken down: that one is
   * `known` where the request is the same, and `reused` where it is another.
   * @param isAlone whether another run of its session must not be under way: then nothing is taken down, and that one is `busy`
   */
  begin(run: NewRun, isAlone?: boolean): Begun;
  /** Null when there is none of that id, or none any more. */
  find(runId: string): KeptRun | null;
  findKey(subject: string, key: string): KeptRun | null;
  /** Runs, the newest first; from where an earlier list ended, with its `next`. */
  list(filter: RunFilter, limit: number, cursor: string | null): RunList;
  /** The sessions of a subject, those used last first. */
  sessions(subject: string, limit: number, cursor: string | null): SessionList;
  /** Whose a session is; null where that is not known. */
  ownerOf(sessionId: string): string | null;
  /**
   * The recorded events of a run from an id on, each once, and then what comes, until the run has ended; its ending is
   * the last. Texts are clipped as the run says. A slow reader is served from the record.
   * @param from at least 1
   * @param signal ends it early
   */
  follow(run: KeptRun, from: number, signal?: AbortSignal): AsyncGenerator<FeedItem, void, undefined>;
  /** The messages of a run that are kept, in order, clipped as the run says; pieces and the ending are none. */
  messages(run: KeptRun): AsyncGenerator<RunEvent, void, undefined>;
  /** Waits until a run has ended, or the signal comes; null when there is no such run any more. */
  ended(runId: string, signal?: AbortSignal): Promise<KeptRun | null>;
  /** What a run came to, with its last messages as far as they are kept; null where there is no telling yet, or ever. */
  bundle(run: KeptRun): Promise<Bundle | null>;
  /** Takes down what came of telling a program of a run's end. */
  calledBack(runId: string, outcome: CallbackState): void;
  /** To be called when every run of this process has ended. */
  close(): void;
}

/** What came of a run that was to be taken down. */
export type Begun =
  | { readonly kind: 'new'; readonly run: LiveRun }
  | { readonly kind: 'known' | 'reused'; readonly run: KeptRun }
  | { readonly kind: 'busy'; readonly runId: string };

/** What runs are kept in, and for how long. */
export interface RunsInput {
  readonly index: RunIndex;
  readonly records: RunRecords;
  readonly limits: KeepLimits;
  /** Told what could not be kept, or read. */
  readonly onFault: (error: unknown) => void;
}

/** Milliseconds between two looks for what is too old, where nothing ends. */
const PRUNE_MS = 1_000;

/** How many runs that have ended wait for an index that takes nothing. */
const MOST_UNSAVED = 100;

const NOTHING = { runs: [], sessions: [], next: null };

export function createRuns({ index, records, limits, onFault }: RunsInput): Runs {
  const going = new Map<string, Going>();
  let prunedAt = Number.NEGATIVE_INFINITY;

  function attempt<Value>(act: () => Value): Value | null {
    try {
      return act();
    } catch (error) {
      onFault(error);
      return null;
    }
  }

  /** Runs that the index could not be told the end of are here until it can. */
  function saveEnded(): void {
    const unsaved = [...going].filter(([, { now }]) => hasEnded(now()));
    for (const [runId, { save }] of unsaved) {
      if (!save()) break;
      going.delete(runId);
    }
    for (const [runId] of unsaved.slice(0, -MOST_UNSAVED)) going.delete(runId);
  }

  function prune(): void {
    saveEnded();
    prunedAt = performance.now();
    attempt(() => {
      const excess = index.excess(limits);
      for (const runId of excess.runs) index.remove(runId);
      for (const runId of excess.records) index.change(runId, { size: 0 });
      for (const runId of [...excess.runs, ...excess.records]) records.remove(runId);
    });
  }

  /** A run, unless its time is over. */
  function unlessOld(run: KeptRun | null): KeptRun | null {
    if (run === null || run.endedAt === null || Date.parse(run.endedAt) > Date.now() - limits.ageMs) return run;
    prune();
    return null;
  }

  const find = (runId: string): KeptRun | null =>
    going.get(runId)?.now() ?? unlessOld(attempt(() => index.find(runId)));

  function findKey(subject: string, key: string): KeptRun | null {
    return unlessOld(attempt(() => index.findKey(subject, key)));
  }

  /** The run under way of a session that another one is to go on with, unless it is the same by its key. */
  function otherOf({ subject, key, sessionId }: NewRun): string | null {
    if (sessionId === null || (key !== null && findKey(subject, key) !== null)) return null;
    const busy = attempt(() => index.list({ sessionId, states: ['queued', 'running'] }, 1, null));
    return busy?.runs[0]?.runId ?? null;
  }

  return {
    limits,
    begin(asked, isAlone = false) {
      const run = openingEntry(asked);
      const busy = isAlone ? otherOf(run) : null;
      if (busy !== null) return { kind: 'busy', runId: busy };
      const known = unlessOld(attempt(() => index.add(run)));
      if (known !== null) return { kind: known.digest === asked.digest ? 'known' : 'reused', run: known };
      const onEnd = (isSaved: boolean): void => {
        if (isSaved) going.delete(run.runId);
        prune();
      };
      const opened = openLiveRun(run, { index, records, attempt, onEnd });
      going.set(run.runId, opened);
      return { kind: 'new', run: opened.live };
    },
    find,
    findKey,
    list(filter, limit, cursor) {
      if (performance.now() - prunedAt > PRUNE_MS) prune();
      return attempt(() => index.list(filter, limit, cursor)) ?? NOTHING;
    },
    sessions: (subject, limit, cursor) => attempt(() => index.sessions(subject, limit, cursor)) ?? NOTHING,
    ownerOf: (sessionId) => attempt(() => index.ownerOf(sessionId)),
    follow: (run, from, signal) =>
      followRun({ run, find: () => find(run.runId), feed: going.get(run.runId)?.feed ?? null, records }, from, signal),
    messages: (run) => keptMessages(run, records),
    async ended(runId, signal) {
      const bound = signal === undefined ? {} : { signal };
      for (;;) {
        const run = find(runId);
        if (run === null || hasEnded(run) || signal?.aborted === true) return run;
        const over = going.get(runId)?.over;
        await (over === undefined
          ? within(new Promise<void>(() => {}), { ms: LOOK_MS, ...bound })
          : within(over, bound));
      }
    },
    bundle: (run) => keptBundle(run, records),
    calledBack: (runId, callback) => void attempt(() => index.change(runId, { callback })),
    close() {
      saveEnded();
      index.close();
    },
  };
}
