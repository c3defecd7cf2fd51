import type { Bundle } from '../../outcome/bundle.ts';
import type { RunEvent } from '../../messages/types.ts';
import { describeWait } from '../../outcome/describe-wait.ts';
import { hasEnded, isRecorded, type KeptRun } from '../../runs/run-entry.ts';
import type { FeedItem } from '../../runs/run-feed.ts';
import type { RunFilter, RunList, SessionList } from '../../runs/run-index.ts';
import type { AnyRuns } from '../../runs/any-runs.ts';
import type { Ending } from '../../sinks/sink.ts';
import type { Caller } from '../caller.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import { cancellationReasonOf } from './cancellation.ts';

/** What a caller gets of a query that ran. */
export interface Answer {
  readonly ending: Ending;
  /** With the last messages that the request asked for. */
  readonly bundle: Bundle;
  /** Whether its messages can be paged, for a while. */
  readonly isKept: boolean;
}

/** Messages of a finished run, in order. */
export interface Page {
  readonly runId: string;
  readonly sessionId: string | null;
  /** Messages that are kept: the oldest may have gone. */
  readonly messages: readonly RunEvent[];
  /** Messages of the run. */
  readonly total: number;
  /** The sequence to ask for next, or null at the end. */
  readonly next: number | null;
}

/** Events of a run, those that were and those that come. */
export type Feed = AsyncGenerator<FeedItem, void, undefined>;

/** What of runs is remembered, as their callers see it: another caller's run looks like one that does not exist. */
export interface Remembered {
  /** A run as it is now. @throws Refusal `not_found` */
  find(runId: string, caller: Caller): Promise<KeptRun>;
  /** The runs of a caller, the newest first; `cursor` is an earlier list's `next`. */
  list(caller: Caller, filter: Omit<RunFilter, 'subject'>, limit: number, cursor: string | null): Promise<RunList>;
  /** The sessions of a caller, those used last first. */
  sessions(caller: Caller, limit: number, cursor: string | null): Promise<SessionList>;
  /**
   * The recorded events of a run from an id on, each once, and then what comes, until it has ended; its ending is the last.
   * @param from the first id wanted, at least 1
   * @param signal ends it early; the run goes on
   * @throws Refusal `not_found`, before there is anything to go through
   */
  events(runId: string, caller: Caller, from: number, signal?: AbortSignal): Promise<Feed>;
  /**
   * What a run came to; waits for its end.
   * @param signal ends the wait; the run goes on
   * @throws Refusal `not_found`; `unavailable` when the wait was ended; what it was refused with, where it never started
   */
  result(runId: string, caller: Caller, signal?: AbortSignal): Promise<Answer>;
  /**
   * Messages of a finished run from a sequence on, as many as asked for.
   * @throws Refusal `not_found`, `conflict` while it has not ended
   */
  page(runId: string, caller: Caller, from: number, limit: number): Promise<Page>;
}

export function rememberedBy(runs: AnyRuns): Remembered {
  function unknown(): Refusal {
    const { runs: most, ageMs } = runs.limits;
    const bounds = `the newest ${most} are kept, for ${describeWait(ageMs)} at most`;
    return new Refusal('not_found', `runId: there is no such run, or none any more: ${bounds}`);
  }

  async function find(runId: string, { subject }: Caller): Promise<KeptRun> {
    const run = await runs.find(runId);
    if (run?.subject === subject) return run;
    throw unknown();
  }

  return {
    find,
    list: async ({ subject }, filter, limit, cursor) => runs.list({ ...filter, subject }, limit, cursor),
    sessions: async ({ subject }, limit, cursor) => runs.sessions(subject, limit, cursor),
    events: async (runId, caller, from, signal) => runs.follow(await find(runId, caller), from, signal),
    async result(runId, caller, signal) {
      await find(runId, caller);
      const run = await runs.ended(runId, signal);
      if (run === null) throw unknown();
      if (!hasEnded(run)) {
        const reason = cancellationReasonOf(signal?.reason);
        throw new Refusal('unavailable', 'nobody waits for this run any more; it goes on', { reason, runId });
      }
      const bundle = await runs.bundle(run);
      if (bundle === null || run.report === null) throw run.failure === null ? unknown() : refusalOf(run.failure);
      const { clippedStrings: strings, clippedCharacters: characters } = bundle.truncation;
      const ending = { ...bundle.outcome, report: run.report, clipped: { strings, characters } };
      return { ending, bundle, isKept: isRecorded(run) };
    },
    async page(runId, caller, from, limit) {
      const run = await find(runId, caller);
      if (!hasEnded(run))
        throw new Refusal('conflict', 'runId: this run has not ended yet; its messages can be had once it has');
      if (!isRecorded(run) && run.messages > 0) throw unknown();
      const events: RunEvent[] = [];
      let next: number | null = null;
      for await (const event of runs.messages(run)) {
        if (event.sequence < from) continue;
        next = event.sequence;
        if (events.length === limit) break;
        events.push(event);
        next = null;
      }
      return { runId, sessionId: run.sessionId, messages: events, total: run.messages, next };
    },
  };
}
