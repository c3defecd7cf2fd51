import { setImmediate } from 'node:timers/promises';
import { hasTranscript } from '../claude/find-session.ts';
import { isUnknown, type Message } from '../messages/types.ts';
import { charsKept } from '../request/kept.ts';
import { requestKey } from '../request/request-key.ts';
import { type Approver, type Host, run as runClaude } from '../run.ts';
import { withinPolicy } from './approvals/within-policy.ts';
import type { AnswerCache } from '../run/cache/answer-cache.ts';
import type { Pool, PoolState } from '../run/pool.ts';
import type { Booking } from '../quotas/ledger.ts';
import type { AnyLiveRun, AnyRuns, Followers } from '../runs/any-runs.ts';
import { usedBy } from '../quotas/used-by.ts';
import { hasEnded, isRecorded, type KeptRun, type Labels } from '../runs/run-entry.ts';
import type { Sink } from '../sinks/sink.ts';
import type { ActiveQuery } from './active-query.ts';
import { type CancellationReason, type Caller, LOCAL_SUBJECT } from './caller.ts';
import type { Policy } from './policy.ts';
import { type Admission, admit } from './policy/admit.ts';
import { cancellationReasonOf, givenUp } from './queries/cancellation.ts';
import { awaitTurn } from './queries/await-turn.ts';
import { cleanRefusal } from './queries/clean-refusal.ts';
import { createCollector } from './queries/collect.ts';
import { answersOf } from './queries/answers-of.ts';
import { freshMasks } from './queries/fresh-mask.ts';
import { follow, type Following } from './queries/follow.ts';
import { createJob, describeJob, endOfRefused, endOfRun, giveUp, type Job } from './queries/job.ts';
import { type Answer, type Remembered, rememberedBy } from './queries/remembered.ts';
import { type Admitted, newRun } from './queries/new-run.ts';
import { createRunQueue, type RunQueueLimits } from './queries/run-queue.ts';
import { allOf, quietly } from './queries/observers.ts';
import { labelsOf } from './policy/sent-along.ts';
import type { QueryRequest } from '../request/query-schema.ts';
import { readQueryRequest } from './validation/read-query-request.ts';
import { failureOf, Refusal } from './refusal.ts';
import type { Observer } from './observer.ts';
import type { CallerQuotas } from './caller-quotas.ts';

export type { Answer, Page } from './queries/remembered.ts';

/** How a face follows its query. */
export interface Follower {
  /** Told how many are ahead when it has to wait, and again as that changes. */
  queued?(ahead: number): void;
  started?(runId: string): void;
  /** Decides about calls that the policy leaves to people; absent: nobody does, and they are denied. */
  readonly approve?: Approver | undefined;
  /** Told of each call of a tool before it is made; where it rejects, it is not made. */
  readonly beforeTool?: NonNullable<Host['beforeTool']>;
  /** Given every event, redacted and clipped; may be slow. Its failure ends nothing and is no part of the outcome. */
  readonly sink?: Sink;
}

/** What else may be said of a query than what is asked. */
export interface AskOptions {
  /**
   * What the caller calls this request: with the same key, the same request is carried out once, for as long as its run is
   * kept, and another one is refused.
   */
  readonly key?: string;
  readonly labels?: Labels;
  /** Whether a program sends it, which may send along more than a model can. */
  readonly isSent?: boolean;
  /** Whether another run of the same session must not be under way. */
  readonly alone?: boolean;
  /** Whether claude is to be asked even where there is an answer already. */
  readonly fresh?: boolean;
  /** Asks somebody about calls of tools of a run that goes on by itself. */
  readonly approve?: (runId: string, ...call: Parameters<Approver>) => ReturnType<Approver>;
}

/** A run that goes on by itself. */
export interface Submitted {
  readonly runId: string;
  /** False where it had been submitted before, with the same key. */
  readonly isNew: boolean;
}

/** Runs queries for callers: lets them in by the policy, in turn, and remembers what came of them. */
export interface Queries extends Remembered {
  /** Those who follow runs by way of other replicas; absent: nobody can. */
  readonly followers?: Followers;
  /**
   * Carries out one request, as it came. Settles once nothing is left running.
   * @param signal gives it up; its `reason` is a `CancellationReason`. Not where its run had been asked for before, with
   * the same key: that goes on without this caller
   * @throws Refusal when it is not carried out, also when it is given up while it waits
   */
  ask(request: unknown, caller: Caller, follower: Follower, signal: AbortSignal, options?: AskOptions): Promise<Answer>;
  /**
   * The same without waiting for the end: settles once it waits for its turn or has it, and goes on whatever becomes of
   * the caller.
   * @throws Refusal when it is not carried out
   */
  submit(request: unknown, caller: Caller, options?: AskOptions): Promise<Submitted>;
  /**
   * Gives up a run that waits or goes on, and settles once nothing is left running; does nothing where it has ended.
   * @throws Refusal `not_found`; `conflict` for a run of another process that can't be asked to give it up
   */
  cancel(runId: string, caller: Caller, reason?: CancellationReason): Promise<KeptRun>;
  /** @throws Refusal `rate_limited` where one more query would be refused, whatever it asks; else does nothing */
  refuseFull(caller: Caller): void;
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
  /** Where runs are remembered. */
  readonly runs: AnyRuns;
  readonly observers: readonly Observer[];
  /** What callers may use; default: any amount. */
  readonly callerQuotas?: CallerQuotas;
  /** Answers of earlier runs. Default: each query asks claude. */
  readonly answers?: AnswerCache;
  /** Opens a pool of claudes, given how many places there are for them; default: each query starts its own. */
  readonly prewarm?: (room: () => number) => Promise<Pool | null>;
  /** Default: runs claude. */
  readonly run?: typeof runClaude;
}

/** The same with the run that is taken down. */
interface Opened extends Admitted {
  readonly live: AnyLiveRun;
  /** Whether claude is to be asked even where there is an answer already. */
  readonly isFresh: boolean;
}

/** What came of a run, while its follower may still be reading. */
interface Done {
  readonly answer: Answer;
  readonly following: Following | undefined;
}

export function createQueries(input: QueriesInput): Queries {
  const { policy, env, limits, runs, observers, callerQuotas, answers, prewarm, run = runClaude } = input;
  const masks = freshMasks(policy, env);
  const queue = createRunQueue(limits);
  const pool = prewarm?.(queue.free) ?? Promise.resolve(null);
  const observer = allOf(observers);
  const remembered = rememberedBy(runs);
  const jobs = new Set<Job>();
  /** Of runs that may not be let in yet: whoever asks for one of them once more waits for that, too. */
  const inquiries = new Map<string, Promise<Booking | null>>();
  let closed: Promise<void> | null = null;
  let onEmpty = (): void => {};

  async function letIn(job: Job, request: QueryRequest): Promise<Admitted> {
    if (request.sessionId !== undefined) await refuseForeign(request.sessionId, job.query.caller);
    if (closed !== null) throw new Refusal('unavailable', 'the server is shutting down', { reason: 'shutdown' });
    if (job.cancellation !== null) throw givenUp(job.cancellation);
    const admission = admit(request, policy, env);
    job.query = { ...job.query, cwd: admission.cwd };
    if (request.sessionId !== undefined) await refuseElsewhere(request.sessionId, admission);
    return { ...admission, request };
  }

  /** Claude can go on with a session only where its transcript is. */
  async function refuseElsewhere(sessionId: string, { host: { env: given = env }, cwd }: Admission): Promise<void> {
    const host = (await runs.elsewhere?.(sessionId)) ?? null;
    if (host === null || hasTranscript(sessionId, { env: given, cwd })) return;
    const message = `sessionId: its transcript is at the replica on ${host}; ask that one, or have replicas share claude's folder`;
    throw new Refusal('conflict', message, { field: 'sessionId', reason: 'session_elsewhere', host });
  }

  /**
   * What one caller's session knows is not for another. Sessions that no run here is known of are nobody's: they are for
   * those who need not prove who they are.
   */
  async function refuseForeign(sessionId: string, { subject }: Caller): Promise<void> {
    const owner = (await runs.ownerOf(sessionId)) ?? LOCAL_SUBJECT;
    if (owner === subject) return;
    throw new Refusal('not_found', 'sessionId: there is no such session', { field: 'sessionId' });
  }

  /** Reads a request and takes it down, or finds the run that it has been carried out by. */
  async function open(job: Job, asked: unknown, options: AskOptions): Promise<Opened | KeptRun> {
    const request = readQueryRequest(asked, options.isSent === true ? 'sent' : 'asked');
    const labels = { ...options.labels, ...labelsOf(request) };
    job.query = { ...job.query, request };
    const { subject } = job.query.caller;
    const digest = requestKey(request);
    const key = options.key === undefined ? null : requestKey({ key: options.key });
    const known = key === null ? null : await runs.findKey(subject, key);
    if (known !== null) return sameRun(known, digest);
    // Before all that takes time: where too many come, each of them is told at once.
    queue.refuseFull(subject);
    const admitted = await letIn(job, request);
    const begun = await runs.begin(
      newRun(job.query, admitted, { labels, key, digest, mask: masks() }),
      options.alone === true,
    );
    if (begun.kind === 'busy') throw busy(begun.runId);
    if (begun.kind !== 'new') return sameRun(begun.run, digest);
    begun.run.heed?.((reason) => giveUp(job, cancellationReasonOf(reason)));
    return { ...admitted, live: begun.run, isFresh: options.fresh === true };
  }

  async function book({ book }: CallerQuotas, { query }: Job, { run: asked }: Opened): Promise<Booking | null> {
    const inquiry = book(query, { maxUsd: asked.maxBudgetUsd, nextEnd: queue.nextLeave() });
    inquiries.set(query.runId, inquiry);
    try {
      return await inquiry;
    } finally {
      inquiries.delete(query.runId);
    }
  }

  async function inTurn(job: Job, opened: Opened, follower: Follower, onAccepted: () => void): Promise<Done> {
    job.phase = 'queued';
    const booking = callerQuotas === undefined ? null : await book(callerQuotas, job, opened);
    try {
      const done = await onceBooked(job, opened, follower, onAccepted);
      booking?.settle(usedBy(done.answer.ending.report));
      return done;
    } finally {
      // Does nothing where it was settled.
      booking?.release();
    }
  }

  async function onceBooked(job: Job, opened: Opened, follower: Follower, onAccepted: () => void): Promise<Done> {
    let hasWaited = false;
    const leave = await awaitTurn(queue, {
      subject: job.query.caller.subject,
      timeoutMs: limits.queueTimeoutMs,
      signal: job.stop.signal,
      onAhead(ahead) {
        onAccepted();
        if (!hasWaited) observer.queued(job.query);
        hasWaited = true;
        quietly(() => follower.queued?.(ahead));
      },
    });
    if (leave === null) throw givenUp(job.cancellation ?? 'cancelled');
    onAccepted();
    try {
      return await carryOut(job, hasWaited ? { ...opened, ...admittedAgain(job, opened.request) } : opened, follower);
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

  async function carryOut(job: Job, { run: asked, host, live, isFresh }: Opened, follower: Follower): Promise<Done> {
    const { runId, caller } = job.query;
    const following = follower.sink && follow(follower.sink, job.stop.signal);
    const collector = createCollector({
      ...asked,
      // How many messages come back is for the caller to say, also where nothing is clipped.
      full: false,
      maxChars: charsKept(asked),
      onEvent(event) {
        // From its beginning: later events are this caller's alone, too.
        if (isInit(event.message) && event.sessionId !== null) live.claim(event.sessionId);
        observer.message(job.query, event);
      },
    });
    job.phase = 'started';
    job.startedAt = performance.now();
    job.soFar = collector.soFar;
    live.started();
    observer.started(job.query);
    quietly(() => follower.started?.(runId));
    const sinks = [collector, live.sink, ...(following === undefined ? [] : [following.sink])];
    // To take it down and to start claude take some milliseconds each: others have their turn in between.
    await setImmediate();
    const env = { ...host.env, ...(caller.traceparent === undefined ? {} : { TRACEPARENT: caller.traceparent }) };
    const ending = await run(asked, sinks, {
      ...host,
      env,
      runId,
      forceStop: job.force.signal,
      signal: job.stop.signal,
      ...poolOf(await pool),
      ...(answers === undefined || isFresh ? {} : { cache: answersOf(answers, caller) }),
      ...(follower.beforeTool === undefined ? {} : { beforeTool: follower.beforeTool }),
      ...(follower.approve === undefined || policy.askTools === undefined
        ? {}
        : { canUseTool: withinPolicy(policy, follower.approve) }),
    });
    const bundle = collector.bundle(ending);
    job.phase = null;
    const end = endOfRun(job, ending);
    await live.ended(end.ended, ending);
    observer.ended(job.query, end);
    // Who only submitted it asks later whether it is kept.
    const answer = { ending, bundle, isKept: !job.isSubmitted && (await isKept(runId)) };
    return { answer, following };
  }

  /** False also where that can't be looked up now: whoever waits has the answer all the same. */
  async function isKept(runId: string): Promise<boolean> {
    try {
      const kept = await runs.find(runId);
      return kept !== null && isRecorded(kept);
    } catch {
      return false;
    }
  }

  /** Sees a query through to its end. @param onAccepted told once it waits for its turn or has it */
  async function seeThrough(job: Job, opened: Opened, follower: Follower, onAccepted: () => void): Promise<Done> {
    try {
      return await inTurn(job, opened, follower, onAccepted);
    } catch (thrown) {
      const refusal = refused(job, thrown);
      const { ended } = endOfRefused(job, refusal);
      // A caller that waits is told; one that was given the run's id looks for it later.
      if (job.isSubmitted || job.startedAt !== null) await opened.live.refused(ended, failureOf(refusal));
      else await opened.live.discard();
      throw refusal;
    }
  }

  function refused(job: Job, thrown: unknown): Refusal {
    const refusal = cleanRefusal(thrown, masks);
    job.phase = null;
    observer.ended(job.query, endOfRefused(job, refusal));
    return refusal;
  }

  async function opening(job: Job, asked: unknown, options: AskOptions): Promise<Opened | KeptRun> {
    try {
      return await open(job, asked, options);
    } catch (thrown) {
      throw refused(job, thrown);
    }
  }

  function leave(job: Job): void {
    jobs.delete(job);
    if (jobs.size === 0) onEmpty();
  }

  return {
    ...remembered,
    ...(runs.followers === undefined ? {} : { followers: runs.followers }),
    async ask(request, caller, follower, signal, options = {}) {
      const job = createJob(caller);
      const onAbort = (): void => giveUp(job, cancellationReasonOf(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      jobs.add(job);
      try {
        const opened = await opening(job, request, options);
        if (!('live' in opened)) {
          await inquiries.get(opened.runId);
          return await remembered.result(opened.runId, caller, job.stop.signal);
        }
        const { answer, following } = await seeThrough(job, opened, follower, () => {});
        await following?.over();
        return answer;
      } finally {
        signal.removeEventListener('abort', onAbort);
        leave(job);
      }
    },
    async submit(request, caller, options = {}) {
      const job = createJob(caller);
      jobs.add(job);
      let hasBegun = false;
      try {
        const opened = await opening(job, request, options);
        if (!('live' in opened)) {
          await inquiries.get(opened.runId);
          return { runId: opened.runId, isNew: false };
        }
        const { runId } = job.query;
        const { approve } = options;
        const follower = approve === undefined ? {} : { approve: approve.bind(null, runId) };
        hasBegun = true;
        await new Promise<void>((resolve, reject) => {
          const onAccepted = (): void => {
            job.isSubmitted = true;
            resolve();
          };
          void seeThrough(job, opened, follower, onAccepted)
            .then(() => {}, reject)
            .finally(() => leave(job));
        });
        return { runId, isNew: true };
      } finally {
        if (!hasBegun) leave(job);
      }
    },
    async cancel(runId, caller, reason = 'cancelled') {
      const found = await remembered.find(runId, caller);
      if (hasEnded(found)) return found;
      const job = [...jobs].find(({ query }) => query.runId === runId);
      if (job !== undefined) giveUp(job, reason);
      else if (runs.giveUp !== undefined) await runs.giveUp(runId, reason);
      else throw new Refusal('conflict', 'runId: another server carries out this run; cancel it there', { runId });
      return (await runs.ended(runId)) ?? found;
    },
    refuseFull(caller) {
      try {
        queue.refuseFull(caller.subject);
      } catch (thrown) {
        throw refused(createJob(caller), thrown);
      }
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

function busy(runId: string): Refusal {
  const message = 'sessionId: a run of this session is under way; wait for its end, or cancel it';
  return new Refusal('conflict', message, { field: 'sessionId', reason: 'session_busy', runId });
}

/** The run of a key, which must have been used for the same request. */
function sameRun(known: KeptRun, digest: string): KeptRun {
  if (known.digest === digest) return known;
  const message = 'this key was used for another request before; use a new one for each';
  throw new Refusal('conflict', message, { reason: 'key_reused', runId: known.runId });
}

function poolOf(pool: Pool | null): Pick<Host, 'pool'> {
  return pool === null ? {} : { pool };
}

function isInit(message: Message): boolean {
  return !isUnknown(message) && message.type === 'system' && message.subtype === 'init';
}
