import { randomUUID } from 'node:crypto';
import type { Ending } from '../../sinks/sink.ts';
import type { ActiveQuery } from '../active-query.ts';
import type { CancellationReason, Caller } from '../caller.ts';
import type { Refusal } from '../refusal.ts';
import type { Query, QueryEnd } from '../observer.ts';
import { endedBy, endOf, INTERRUPTS } from './cancellation.ts';
import type { RunSoFar } from './collect.ts';

/** A query on its way through: what is known of it so far, and what ends it. */
export interface Job {
  /** As observers know it. */
  query: Query;
  /** Null before it is let in, and once it neither waits nor runs any more. */
  phase: 'queued' | 'started' | null;
  /** Whether its caller was told of it, and may look for it later. */
  isSubmitted: boolean;
  /** Who gave it up. */
  cancellation: CancellationReason | null;
  /** When it came, and when its turn did, as `performance.now` tells time. */
  readonly arrivedAt: number;
  startedAt: number | null;
  /** What its run has told so far. */
  soFar: () => RunSoFar;
  /** Aborted once it is given up, with what its run is to be told. */
  readonly stop: AbortController;
  /** Aborted once its run is to have no grace any more. */
  readonly force: AbortController;
}

const NOTHING_YET: RunSoFar = { sessionId: null, turns: 0, costUsd: null, firstMessageAt: null };

export function createJob(caller: Caller): Job {
  return {
    query: { runId: randomUUID(), caller, request: null, cwd: null, receivedAt: new Date().toISOString() },
    phase: null,
    isSubmitted: false,
    cancellation: null,
    arrivedAt: performance.now(),
    startedAt: null,
    soFar: () => NOTHING_YET,
    stop: new AbortController(),
    force: new AbortController(),
  };
}

/** Cancels a job, unless it is cancelled already. */
export function giveUp(job: Job, by: CancellationReason): void {
  if (job.cancellation !== null) return;
  job.cancellation = by;
  job.stop.abort(INTERRUPTS[by]);
}

/** A job as the operator sees it; null when it neither waits nor runs. */
export function describeJob(job: Job): ActiveQuery | null {
  const { runId, caller, cwd } = job.query;
  const phase = phaseOf(job);
  if (phase === null || cwd === null) return null;
  const { sessionId, turns, costUsd } = job.soFar();
  return { runId, sessionId, caller, phase, cwd, elapsedMs: since(job.arrivedAt), turns, costUsd };
}

/** How a job ended that was carried out. */
export function endOfRun(job: Job, ending: Ending): QueryEnd {
  return { ended: endOf(ending, job.cancellation), ending, refusal: null, ...timesOf(job) };
}

/** How a job ended that was not, or that failed through a fault of ours. */
export function endOfRefused(job: Job, refusal: Refusal): QueryEnd {
  const { cancellation, startedAt } = job;
  const own = startedAt === null ? 'refused' : 'finished';
  const ended = cancellation === null ? own : endedBy(cancellation);
  return { ended, ending: null, refusal, ...timesOf(job) };
}

function phaseOf({ phase, cancellation, soFar }: Job): ActiveQuery['phase'] | null {
  if (phase === null) return null;
  if (cancellation !== null) return 'stopping';
  if (phase === 'queued') return 'queued';
  return soFar().firstMessageAt === null ? 'starting' : 'running';
}

function timesOf({ arrivedAt, startedAt, soFar }: Job): Pick<QueryEnd, 'queuedMs' | 'durationMs' | 'firstMessageMs'> {
  if (startedAt === null) return { queuedMs: since(arrivedAt), durationMs: 0, firstMessageMs: null };
  const { firstMessageAt } = soFar();
  return {
    queuedMs: Math.round(startedAt - arrivedAt),
    durationMs: since(startedAt),
    firstMessageMs: firstMessageAt === null ? null : Math.round(firstMessageAt - startedAt),
  };
}

function since(then: number): number {
  return Math.round(performance.now() - then);
}
