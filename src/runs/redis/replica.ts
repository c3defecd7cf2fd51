import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors.ts';
import { faultOf } from '../../redis-connection/link.ts';
import { endingEvent, eventLine } from '../../sinks/formats/ndjson.ts';
import type { Line } from '../../stream/split-lines.ts';
import type { Batch } from '../../stream/stage.ts';
import { neverTold, readInterrupted } from '../interrupted-run.ts';
import type { Orphan } from '../orphan.ts';
import { hasEnded, type KeptRun, type RunChange } from '../run-entry.ts';
import type { KeepLimits } from '../run-index.ts';
import type { LiveSharedRun } from './live-shared-run.ts';
import { recordedEvents } from './recorded-events.ts';
import type { Store } from './store.ts';

export interface ReplicaInput {
  readonly store: Store;
  /** The runs that this one carries out. */
  readonly going: ReadonlyMap<string, LiveSharedRun>;
  readonly limits: KeepLimits;
  /** Milliseconds without a renewal after which a replica counts as dead. */
  readonly leaseMs: number;
  /** Looks for answers to what this replica has asked. */
  readonly lookForAnswers: () => Promise<void>;
  readonly onOrphan: (orphan: Orphan) => void;
  /** Told what a run used whose replica is dead. */
  readonly onUsed: (run: KeptRun) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** This replica among the others. */
export interface Replica {
  /** Looks whether others have cancelled a run of this one, or decided about a call of it. */
  look(): Promise<void>;
  /** Whether its lease was renewed when that was last tried, and the next try does not take longer than it lasts. */
  isHeard(): boolean;
  /** Renews the lease no more. */
  end(): Promise<void>;
}

/** How often it is tried to see to a run of a dead replica: it is given up then, as where something else stands in its place. */
const TRIES = 3;

/** Milliseconds between two looks at what is to be forgotten, at least. */
const FORGET_MS = 10_000;

/**
 * Renews the lease of this replica, and sees to the runs of replicas whose lease is over. It takes them for dead only after it has
 * held its own lease for that long: after Redis was away, all have to have time to renew theirs.
 */
export function startReplica(input: ReplicaInput): Replica {
  const { store, going, limits, leaseMs, lookForAnswers, onFault } = input;
  const over = new AbortController();
  let heardSince: number | null = null;
  /** Since when Redis is asked, or null. */
  let askedSince: number | null = null;
  let forgottenAt = Number.NEGATIVE_INFINITY;
  /** Runs of dead replicas that could not be seen to, and how often. */
  const failed = new Map<string, number>();

  async function look(): Promise<void> {
    for (const { runId, isLost, givenUp } of await store.look([...going.keys()])) {
      const run = going.get(runId);
      if (isLost) run?.lose();
      else if (givenUp !== null) run?.giveUp(givenUp);
    }
    await lookForAnswers();
  }

  async function forget(): Promise<void> {
    if (performance.now() - forgottenAt < FORGET_MS) return;
    forgottenAt = performance.now();
    const excess = await store.excess(limits);
    for (const runId of excess.runs) await store.forgetEnded(runId);
    for (const runId of excess.records) await store.forgetRecord(runId);
  }

  async function seeToDead(dead: readonly string[]): Promise<void> {
    for (const replica of dead) {
      for (const runId of await store.heldBy(replica)) await inherit(replica, runId);
      await store.leave(replica);
    }
  }

  /** Sees to a run of a dead replica. What is wrong with one is not to keep it from seeing to others. */
  async function inherit(dead: string, runId: string): Promise<void> {
    try {
      const taken = await store.take(dead, runId);
      if (taken === null) return;
      const run = taken === 'unreadable' ? await readable(runId, store) : taken;
      if (run === null) return await forsake(dead, runId, new Error('what is known of it can not be read'));
      await seeTo(run, input);
      await store.drop(dead, runId);
      failed.delete(runId);
    } catch (error) {
      // Redis itself is away.
      if (faultOf(error, '').code !== 'internal') throw error;
      const times = (failed.get(runId) ?? 0) + 1;
      failed.set(runId, times);
      if (times === TRIES) await forsake(dead, runId, error);
    }
  }

  /** Nobody sees to it any more. */
  async function forsake(dead: string, runId: string, why: unknown): Promise<void> {
    failed.delete(runId);
    await store.drop(dead, runId);
    await store.release(runId);
    onFault(new Error(`run ${runId} of a replica that is dead is given up: ${messageOf(why)}`));
  }

  async function turn(): Promise<void> {
    askedSince = performance.now();
    try {
      const dead = await store.renew(leaseMs);
      heardSince ??= performance.now();
      await look();
      if (performance.now() - heardSince >= leaseMs) await seeToDead(dead);
      await forget();
    } catch (error) {
      heardSince = null;
      onFault(error);
    } finally {
      askedSince = null;
    }
  }

  async function turns(): Promise<void> {
    for (;;) {
      await turn();
      // Replicas that were started at once are not to ask at once for ever.
      const pause = (leaseMs / 3) * (0.5 + Math.random() / 2);
      const goesOn = await sleep(pause, true, { ref: false, signal: over.signal }).catch(() => false);
      if (!goesOn) return;
    }
  }

  const turning = turns();
  return {
    look: () => look().catch(onFault),
    isHeard: () => heardSince !== null && (askedSince === null || performance.now() - askedSince < leaseMs),
    end() {
      over.abort();
      return turning;
    },
  };
}

/** A run that could not be read, once how it ended is written over what was damaged; null where that was something else. */
async function readable(runId: string, store: Store): Promise<KeptRun | null> {
  const blank = { startedAt: null, class: null, costUsd: null, turns: null, tokens: null, report: null };
  await store.change({ runId }, { ...blank, ...neverTold(blank) });
  const run = await store.find(runId);
  // It has yet to end in all places where that is to be known.
  return run === null ? null : { ...run, state: 'queued', startedAt: null };
}

/** Writes down what came of a run whose replica is dead. */
async function seeTo(run: KeptRun, { store, onOrphan, onUsed, onFault }: ReplicaInput): Promise<void> {
  if (hasEnded(run)) {
    if (run.callback === 'due') onOrphan({ kind: 'untold', run });
    else await store.release(run.runId);
    return;
  }
  const change = await interrupted(run, store, onFault);
  if (!(await store.end(run, change))) return;
  const ended = { ...run, ...change };
  await onUsed(ended);
  onOrphan({ kind: 'interrupted', run: ended });
}

async function interrupted(run: KeptRun, store: Store, onFault: (error: unknown) => void): Promise<RunChange> {
  if (run.startedAt === null) return neverTold(run);
  let size = 0;

  async function* lines(): AsyncGenerator<Batch<Line>, void, undefined> {
    for await (const events of recordedEvents(store.read, run.runId, 1)) {
      yield events.map(({ text }) => ({ text, terminated: true }));
      size += events.reduce((sum, { text }) => sum + text.length, 0);
    }
  }

  try {
    const { change, report, sequence } = await readInterrupted(run, lines());
    const last = Math.max(sequence, run.sequence);
    const ending = eventLine(endingEvent(report, last + 1));
    // The count of messages may be higher: the first events may be gone.
    return { ...change, messages: run.messages, sequence: last, size: size + ending.length };
  } catch (error) {
    onFault(error);
    return neverTold(run);
  }
}
