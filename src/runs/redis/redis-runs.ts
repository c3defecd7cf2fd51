import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../../errors.ts';
import type { Link } from '../../redis-connection/link.ts';
import { readEventLine } from '../../stream/read-recording.ts';
import { abortWith } from '../../system/abort-with.ts';
import { within } from '../../system/bounded-wait.ts';
import { randomUuid } from '../../system/random-uuid.ts';
import type { AnyRuns } from '../any-runs.ts';
import { tellRun } from '../follow-run.ts';
import { keptBundle, keptMessages } from '../kept-bundle.ts';
import { fits, type Numbered, pageOf, sessionsOf } from '../numbered.ts';
import { createCalendar } from '../../quotas/calendar.ts';
import type { Ledger } from '../../quotas/ledger.ts';
import { usedByDead } from '../../quotas/used-by.ts';
import type { Orphan } from '../orphan.ts';
import { hasEnded, type KeptRun, openingEntry, withoutReport } from '../run-entry.ts';
import type { Arrival } from '../run-feed.ts';
import type { KeepLimits } from '../run-index.ts';
import type { RunRecords } from '../run-record.ts';
import { arrivalsOf, LOOK_MS } from './arrivals.ts';
import { keysOf, STORE_VERSION } from './keys.ts';
import { type LiveSharedRun, openLiveSharedRun } from './live-shared-run.ts';
import { patientFor } from './patience.ts';
import { openApprovalBoard, type ApprovalBoard } from './approval-board.ts';
import { createRedisLedger } from './redis-ledger.ts';
import { recordedEvents } from './recorded-events.ts';
import { startReplica } from './replica.ts';
import { createSilence } from './silence.ts';
import { openStore } from './store.ts';
import { listenTo, openWakes } from './wakes.ts';

/** The runs that all replicas of a server share. */
export interface RedisRuns {
  readonly runs: AnyRuns;
  /** What callers use at all replicas. */
  readonly ledger: Ledger;
  /** Where calls of tools that wait for an approval are put up. */
  readonly board: ApprovalBoard;
  /** Calls back with each run of a replica that died. To be called once. */
  onOrphan(listener: (orphan: Orphan) => void): void;
  /** Whether Redis answers. */
  isConnected(): boolean;
  /** Gives what is left to write a moment; who waits for the end of a run waits no longer. To be called once all runs of this process have ended. */
  settle(): Promise<void>;
  /** Settles, and lets Redis go. */
  close(): Promise<void>;
}

export interface RedisRunsOptions {
  readonly link: Link;
  /** The name of the fleet of replicas; those of another name share nothing with it. */
  readonly name: string;
  readonly limits: KeepLimits;
  readonly leaseMs: number;
  /** Where the days, weeks and months of the ledger are; default: on this machine. */
  readonly timeZone?: string | undefined;
  /** Told what could not be kept, or read. */
  readonly onFault: (error: unknown) => void;
}

/** Milliseconds after its time at which a run expires in Redis, where no replica is left to remove it. */
const SPARE_MS = 3_600_000;

/**
 * Milliseconds that the end of a run waits until it is written, and all that is left when the server ends. Those count in which
 * Redis has been away or silent by then: a server that ends waits for it once, not at each step.
 */
const LAST_MS = 3_000;

/** How many runs are read in one go. */
const CHUNK = 100;

/**
 * Opens the runs in Redis.
 * @throws SluiceError `usage` where replicas of another version use it; `network` and `overloaded`
 */
export async function openRedisRuns({
  link,
  name,
  limits,
  leaseMs,
  timeZone,
  onFault,
}: RedisRunsOptions): Promise<RedisRuns> {
  const { redis, shown, culprit } = link;
  const keys = keysOf(name);
  await seeToVersion(redis, keys.version, culprit);
  const own = randomUuid();
  const store = openStore({ redis, keys, replica: own, host: hostname(), keptMs: limits.ageMs + SPARE_MS });
  const wakes = await openWakes(link.another());
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let settled: Promise<void> | null = null;
  let awaySince: number | null = null;
  redis.on('close', () => (awaySince ??= performance.now()));
  redis.on('ready', () => (awaySince = null));
  const going = new Map<string, LiveSharedRun>();
  /** What came of telling programs, while that is written down: others would tell them again. */
  const telling = new Set<Promise<void>>();
  const found: Orphan[] = [];
  let tellOrphan = (orphan: Orphan): void => void found.push(orphan);
  const silence = createSilence();
  const patient = patientFor(redis, culprit);
  const soon: typeof patient = (ask) => silence.heed(() => patient(ask));
  const insist = <Result>(act: () => Promise<Result>, signal?: AbortSignal): Promise<Result> =>
    silence.heed(() => link.insist(act, signal ?? over.signal));
  const patienceMs = async (): Promise<number> => {
    const silentMs = await silence.ms();
    const awayMs = awaySince === null ? 0 : performance.now() - awaySince;
    return Math.max(0, LAST_MS - Math.max(awayMs, silentMs));
  };
  const board = openApprovalBoard({ redis, keys, wakes, soon, keptMs: limits.ageMs });
  const ledger = createRedisLedger({ redis, keys, calendar: createCalendar(timeZone), soon, insist, onFault });
  const replica = startReplica({
    store: { ...store, renew: (ms) => silence.heed(() => store.renew(ms)) },
    going,
    limits,
    leaseMs,
    lookForAnswers: () => board.look(),
    onOrphan: (orphan) => tellOrphan(orphan),
    onUsed: ({ subject, runId, report }) => ledger.settle(subject, runId, usedByDead(report)),
    onFault,
  });
  await wakes.on(keys.to(own), () => void replica.look());

  const records: Pick<RunRecords, 'read'> = {
    async *read(runId, from): AsyncGenerator<Arrival, void, undefined> {
      for await (const events of recordedEvents((...asked) => soon(() => store.read(...asked)), runId, from)) {
        for (const { id, text } of events) {
          const event = readEventLine(text);
          if (event !== null) yield { id, event };
        }
      }
    },
  };

  const find = (runId: string): Promise<KeptRun | null> => soon(() => store.find(runId));

  /** The runs of a caller that came before a cursor's, the newest first, a chunk at a time. */
  async function* listed(subject: string, cursor: string | null): AsyncGenerator<readonly Numbered[], void, undefined> {
    for (let before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor); ;) {
      const chunk = await soon(() => store.listed(subject, before, CHUNK));
      const last = chunk.at(-1);
      if (last === undefined) return;
      yield chunk;
      before = last.nth;
    }
  }

  const runs: AnyRuns = {
    limits,
    async begin(asked, isAlone) {
      const run = openingEntry(asked);
      const forget = (): void => void insist(() => store.forget(run)).catch(onFault);
      const begun = await soon(() => store.begin(run, isAlone)).catch((error: unknown) => {
        // It may have been added all the same, and would be queued for ever.
        forget();
        throw error;
      });
      if (begun.kind === 'busy') return { kind: 'busy', runId: begun.runId };
      if (begun.kind === 'known') {
        const known = await find(begun.runId);
        if (known === null) throw new SluiceError('overloaded', 'the run of this key is being forgotten; ask again');
        return { kind: known.digest === asked.digest ? 'known' : 'reused', run: known };
      }
      const onOver = (): void => void going.delete(run.runId);
      const opened = openLiveSharedRun(run, { store, insist, patienceMs, onFault, onOver });
      going.set(run.runId, opened);
      return { kind: 'new', run: opened.live };
    },
    find,
    findKey: (subject, key) => soon(() => store.findKey(subject, key)),
    async list(filter, limit, cursor) {
      const fitting: Numbered[] = [];
      if (filter.subject === undefined) return { runs: [], next: null };
      for await (const chunk of listed(filter.subject, cursor)) {
        fitting.push(...chunk.filter(({ run }) => fits(run, filter)));
        if (fitting.length > limit) break;
      }
      const { items, next } = pageOf(fitting, limit, cursor);
      return { runs: items.map(({ run }) => withoutReport(run)), next };
    },
    async sessions(subject, limit, cursor) {
      const all: Numbered[] = [];
      for await (const chunk of listed(subject, null)) all.push(...chunk);
      const { items, next } = pageOf(sessionsOf(all.toReversed(), subject), limit, cursor);
      return { sessions: items.map(({ session }) => session), next };
    },
    async ownerOf(sessionId) {
      return (await soon(() => store.session(sessionId)))?.subject ?? null;
    },
    async elsewhere(sessionId) {
      const known = await soon(() => store.session(sessionId));
      return known === null || known.isHere ? null : known.host;
    },
    follow: (run, from, signal) =>
      tellRun(
        {
          run,
          find: () => insist(() => store.find(run.runId), signal),
          arrivals: arrivalsOf(run.runId, from, signal, { store, wakes, keys, insist }),
        },
        from,
        signal,
      ),
    messages: (run) => keptMessages(run, records),
    async ended(runId, signal) {
      const changes = await listenTo(wakes, keys.wake(runId));
      const ends = new AbortController();
      const letGo = abortWith(ends, [over.signal, signal]);
      try {
        for (;;) {
          const change = changes.next();
          const run = await insist(() => store.find(runId), ends.signal);
          if (run === null || hasEnded(run) || signal?.aborted === true) return run;
          await within(change, { ms: LOOK_MS, signal: ends.signal });
        }
      } catch (error) {
        if (signal?.aborted !== true) throw error;
        return find(runId);
      } finally {
        letGo();
        changes.end();
      }
    },
    bundle: (run) => keptBundle(run, records),
    calledBack(runId, callback) {
      const told = insist(() => store.calledBack(runId, callback))
        .catch(onFault)
        .finally(() => telling.delete(told));
      telling.add(told);
    },
    followers: {
      async tell(runId, ms) {
        await soon(() => redis.set(keys.followed(runId), '', 'PX', ms));
      },
      any: async (runId) => (await soon(() => redis.exists(keys.followed(runId)))) > 0,
    },
    async giveUp(runId, reason) {
      await soon(() => store.giveUp(runId, reason));
    },
  };

  async function leave(): Promise<void> {
    await replica.end();
    while (going.size + telling.size + ledger.unwritten() > 0 && !over.signal.aborted) await sleep(50);
    await insist(() => store.leave(own));
  }

  async function settle(): Promise<void> {
    await within(leave(), { ms: await patienceMs() }).catch(onFault);
    over.abort(new SluiceError('network', `${shown}: the server ends, and waits for it no longer`));
  }

  return {
    runs,
    ledger,
    board,
    onOrphan(listener) {
      tellOrphan = listener;
      for (const orphan of found.splice(0)) listener(orphan);
    },
    isConnected: () => redis.status === 'ready' && replica.isHeard(),
    settle: () => (settled ??= settle()),
    async close() {
      await (settled ??= settle());
      wakes.close();
      link.close();
    },
  };
}

async function seeToVersion(redis: Link['redis'], key: string, culprit: string): Promise<void> {
  await redis.set(key, STORE_VERSION, 'NX');
  const version = await redis.get(key);
  if (version === STORE_VERSION) return;
  throw new SluiceError(
    'usage',
    `${culprit} is used by replicas of another version (${version}, not ${STORE_VERSION}); have all of one version, or give them another --queue-name`,
  );
}
