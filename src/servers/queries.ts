import { describeWait } from '../outcome/describe-wait.ts';
import type { Bundle } from '../messages/bundle.ts';
import { isUnknown, type Message, type RunEvent } from '../messages/types.ts';
import { type Approver, type Host, run as runClaude } from '../run.ts';
import { withinPolicy } from './approvals/may-be-asked.ts';
import type { Pool, PoolState } from '../run/pool.ts';
import type { Ending, Sink } from '../sinks/sink.ts';
import { decodeEvent } from '../sinks/stored-event.ts';
import type { ActiveQuery } from './active-query.ts';
import { type Caller, LOCAL_SUBJECT } from './caller.ts';
import type { Policy } from './policy.ts';
import { admit, type Admission } from './policy/admit.ts';
import { charsKept } from '../request/kept.ts';
import { cancellationReasonOf, givenUp } from './queries/cancellation.ts';
import { awaitTurn } from './queries/await-turn.ts';
import { refusalCleaner } from './queries/clean-refusal.ts';
import { createCollector } from './queries/collect.ts';
import { follow, type Following } from './queries/follow.ts';
import { createOwners } from './queries/owners.ts';
import { createJob, describeJob, endOfRefused, endOfRun, giveUp, type Job } from './queries/job.ts';
import { createKeptRuns, type KeepLimits } from './queries/kept-runs.ts';
import { createRunQueue, type RunQueueLimits } from './queries/run-queue.ts';
import { allOf, quietly } from './queries/observers.ts';
import { type QueryRequest, readQueryRequest } from './query-request.ts';
import { Refusal } from './refusal.ts';
import type { Observer } from './observer.ts';

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

/** How a face follows its query. */
export interface Follower {
  /** Told how many are ahead when it has to wait, and again as that changes. */
  queued?(ahead: number): void;
  started?(runId: string): void;
  /** Decides about calls that the policy leaves to people; absent: nobody does, and they are denied. */
  readonly approve?: Approver | undefined;
  /** Given every event, redacted and clipped; may be slow. Its failure ends nothing and is no part of the outcome. */
  readonly sink?: Sink;
}

/** Runs queries for callers: lets them in by the policy, in turn, and remembers what came of them. */
export interface Queries {
  /**
   * Carries out one request, as it came. Settles once nothing is left running.
   * @param signal gives it up; its `reason` is a `CancellationReason`
   * @throws Refusal when it is not carried out, also when it is given up while it waits
   */
  ask(request: unknown, caller: Caller, follower: Follower, signal: AbortSignal): Promise<Answer>;
  /**
   * Messages of a finished run from a sequence on, as many as asked for.
   * @throws Refusal `not_found`, also for a run of somebody else
   */
  page(runId: string, caller: Caller, from: number, limit: number): Page;
  active(): readonly ActiveQuery[];
  /** The claudes that wait for queries; null where none do. */
  prewarmed(): Promise<PoolState | null>;
  /**
   * Lets nobody in any more, gives up what waits and runs, and settles once nothing is left running. Called again, it
   * kills what still runs at once.
   */
  close(): Promise<void>;
}

/** What queries are carried out with. */
export interface QueriesInput {
  readonly policy: Policy;
  /** The server's environment: claude is given what the policy lets through, and its secrets leave in no refusal. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: RunQueueLimits & {
    /** How long a query may wait for its turn, in milliseconds. */
    readonly queueTimeoutMs: number;
  };
  readonly keep: KeepLimits;
  readonly observers: readonly Observer[];
  /** Opens a pool of claudes, given how many places there are for them; default: each query starts its own. */
  readonly prewarm?: (room: () => number) => Promise<Pool | null>;
  /** Default: runs claude. */
  readonly run?: typeof runClaude;
}

/** A query that was let in. */
interface Admitted extends Admission {
  readonly request: QueryRequest;
}

/** What came of a run, while its follower may still be reading. */
interface Done {
  readonly answer: Answer;
  readonly following: Following | undefined;
}

export function createQueries(input: QueriesInput): Queries {
  const { policy, env, limits, keep, observers, prewarm, run = runClaude } = input;
  const cleaned = refusalCleaner(policy, env);
  const queue = createRunQueue(limits);
  const pool = prewarm?.(queue.free) ?? Promise.resolve(null);
  const keptRuns = createKeptRuns(keep);
  const observer = allOf(observers);
  const jobs = new Set<Job>();
  /** Whose sessions are, by their ids. */
  const owners = createOwners();
  let closed: Promise<void> | null = null;
  let onEmpty = (): void => {};

  function letIn(job: Job, asked: unknown): Admitted {
    const request = readQueryRequest(asked);
    job.query = { ...job.query, request };
    if (closed !== null) throw new Refusal('unavailable', 'the server is shutting down', { reason: 'shutdown' });
    if (job.cancellation !== null) throw givenUp(job.cancellation);
    if (request.sessionId !== undefined) refuseForeign(request.sessionId, job.query.caller);
    const admission = admit(request, policy, env);
    job.query = { ...job.query, cwd: admission.cwd };
    return { ...admission, request };
  }

  /**
   * What one caller's session knows is not for another. Sessions from before this server are nobody's: they are for those
   * who need not prove who they are.
   */
  function refuseForeign(sessionId: string, { subject }: Caller): void {
    const owner = owners.get(sessionId) ?? LOCAL_SUBJECT;
    if (owner === subject) return;
    throw new Refusal('not_found', 'sessionId: there is no such session', { field: 'sessionId' });
  }

  async function inTurn(job: Job, admitted: Admitted, follower: Follower): Promise<Done> {
    let hasWaited = false;
    job.phase = 'queued';
    const leave = await awaitTurn(queue, {
      subject: job.query.caller.subject,
      timeoutMs: limits.queueTimeoutMs,
      signal: job.stop.signal,
      onAhead(ahead) {
        if (!hasWaited) observer.queued(job.query);
        hasWaited = true;
        quietly(() => follower.queued?.(ahead));
      },
    });
    if (leave === null) throw givenUp(job.cancellation ?? 'cancelled');
    try {
      return await carryOut(job, hasWaited ? admittedAgain(job, admitted.request) : admitted, follower);
    } finally {
      leave();
    }
  }

  /** The rules that confine are about what lies in folders now, and a link may lead elsewhere by now. */
  function admittedAgain(job: Job, request: QueryRequest): Admitted {
    const admission = admit(request, policy, env);
    if (admission.cwd !== job.query.cwd)
      throw new Refusal('conflict', 'cwd: it became another folder while the query waited');
    return { ...admission, request };
  }

  async function carryOut(job: Job, { run: asked, host }: Admitted, follower: Follower): Promise<Done> {
    const { runId, caller } = job.query;
    const following = follower.sink && follow(follower.sink, job.stop.signal);
    const collector = createCollector({
      ...asked,
      // How many messages come back is for the caller to say, also where nothing is clipped.
      full: false,
      maxChars: charsKept(asked),
      keepBytes: keep.runs === 0 ? 0 : keep.bytes,
      onEvent(event) {
        // From its beginning: what it is told then is nobody else's either.
        if (isInit(event.message) && event.sessionId !== null) owners.claim(event.sessionId, caller.subject);
        observer.message(job.query, event);
      },
    });
    job.phase = 'started';
    job.startedAt = performance.now();
    job.soFar = collector.soFar;
    observer.started(job.query);
    quietly(() => follower.started?.(runId));
    const sinks = [collector, ...(following === undefined ? [] : [following.sink])];
    const ending = await run(asked, sinks, {
      ...host,
      runId,
      forceStop: job.force.signal,
      signal: job.stop.signal,
      ...poolOf(await pool),
      ...(follower.approve === undefined || policy.askTools === undefined
        ? {}
        : { canUseTool: withinPolicy(policy, follower.approve) }),
    });
    const bundle = collector.bundle(ending);
    keptRuns.keep({
      runId,
      subject: caller.subject,
      sessionId: ending.report.sessionId,
      messages: collector.kept.messages(),
      total: collector.kept.total(),
      size: collector.kept.size(),
    });
    job.phase = null;
    observer.ended(job.query, endOfRun(job, ending));
    return { answer: { ending, bundle, isKept: keptRuns.find(runId) !== null }, following };
  }

  function find(runId: string, { subject }: Caller) {
    const isOwn = ({ phase, query }: Job): boolean =>
      phase !== null && query.runId === runId && query.caller.subject === subject;
    if ([...jobs].some(isOwn)) {
      throw new Refusal('conflict', 'runId: this run has not ended yet; its messages can be had once it has');
    }
    const found = keptRuns.find(runId);
    if (found?.subject === subject) return found;
    const bounds = `the newest ${keep.runs} are kept, for ${describeWait(keep.ageMs)} at most`;
    throw new Refusal('not_found', `runId: there is no such run, or none any more: ${bounds}`);
  }

  return {
    async ask(request, caller, follower, signal) {
      const job = createJob(caller);
      const onAbort = (): void => giveUp(job, cancellationReasonOf(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      jobs.add(job);
      try {
        const { answer, following } = await inTurn(job, letIn(job, request), follower);
        await following?.over();
        return answer;
      } catch (thrown) {
        const refusal = cleaned(thrown);
        job.phase = null;
        observer.ended(job.query, endOfRefused(job, refusal));
        throw refusal;
      } finally {
        signal.removeEventListener('abort', onAbort);
        jobs.delete(job);
        if (jobs.size === 0) onEmpty();
      }
    },
    page(runId, caller, from, limit) {
      const { sessionId, messages, total } = find(runId, caller);
      const start = messages.findIndex(({ sequence }) => sequence >= from);
      const rest = start === -1 ? [] : messages.slice(start);
      const events = rest.slice(0, limit).map(({ line }) => decodeEvent(line.toString()));
      return { runId, sessionId, messages: events, total, next: rest[limit]?.sequence ?? null };
    },
    prewarmed: async () => (await pool)?.state() ?? null,
    active: () => [...jobs].map(describeJob).filter((query) => query !== null),
    close() {
      if (closed !== null) for (const job of jobs) job.force.abort();
      closed ??= new Promise((resolve) => {
        onEmpty = resolve;
      });
      for (const job of jobs) giveUp(job, 'shutdown');
      if (jobs.size === 0) onEmpty();
      return Promise.all([closed, pool.then((opened) => opened?.close())]).then(() => {});
    },
  };
}

function poolOf(pool: Pool | null): Pick<Host, 'pool'> {
  return pool === null ? {} : { pool };
}

function isInit(message: Message): boolean {
  return !isUnknown(message) && message.type === 'system' && message.subtype === 'init';
}
