import type { Redis } from 'ioredis';
import { messageOf } from '../../errors.ts';
import type { Numbered } from '../numbered.ts';
import type { CallbackState, KeptRun, RunChange } from '../run-entry.ts';
import type { Keys } from './keys.ts';
import { fieldsOf, runOf } from './run-hash.ts';
import { APPEND, BEGIN, CHANGE, CLAIM, END, FORGET, FORGET_RECORD, GIVE_UP, RENEW, TAKE } from './scripts.ts';

/** What all replicas know of runs. Each step fails where Redis does, and can be repeated without harm. */
export interface Store {
  /** Adds a run, or yields the one that is in its way. */
  begin(run: KeptRun, isAlone: boolean): Promise<{ readonly kind: 'new' | 'known' | 'busy'; readonly runId: string }>;
  find(runId: string): Promise<KeptRun | null>;
  findKey(subject: string, key: string): Promise<KeptRun | null>;
  /** Runs of a caller whose numbers are below one, the newest first. */
  listed(subject: string, before: number, limit: number): Promise<readonly Numbered[]>;
  /** Whose a session is, and which replica carried out its last run. */
  session(sessionId: string): Promise<KnownSession | null>;
  /** These four yield false where the run belongs to another replica now. */
  append(run: KeptRun, events: readonly StoredEvent[]): Promise<boolean>;
  change(run: Pick<KeptRun, 'runId'>, change: RunChange): Promise<boolean>;
  claim(run: KeptRun, sessionId: string): Promise<boolean>;
  end(run: KeptRun, change: RunChange): Promise<boolean>;
  /** The next recorded events of a run from an id on, and pieces behind a place; `run` is as it was at the same time. */
  read(runId: string, from: number, pieces: string): Promise<Arrived>;
  forget(run: KeptRun): Promise<void>;
  forgetRecord(runId: string): Promise<void>;
  /** Renews the lease of this replica; yields the replicas whose lease is over. */
  renew(leaseMs: number): Promise<readonly string[]>;
  /** The runs that a replica has to see to. */
  heldBy(replica: string): Promise<readonly string[]>;
  /** Takes over a run of a dead replica, and yields it, if it can be read; null where another one has, or it is gone. */
  take(dead: string, runId: string): Promise<KeptRun | 'unreadable' | null>;
  /** Takes a run that was seen to off the list of a dead replica. */
  drop(dead: string, runId: string): Promise<void>;
  /** Forgets a replica, unless it has runs left, which others see to once it counts as dead. */
  leave(replica: string): Promise<void>;
  /** The same by the id of one that has ended. */
  forgetEnded(runId: string): Promise<void>;
  /** Notes what came of telling a program of a run's end. */
  calledBack(runId: string, callback: CallbackState): Promise<void>;
  /** Takes a run that has ended off the list of this replica. */
  release(runId: string): Promise<void>;
  /** Asks the replica that carries out a run to give it up. */
  giveUp(runId: string, reason: string): Promise<void>;
  /** Of each run, whether this replica has lost it, and why it is to be given up, if it is. */
  look(
    runIds: readonly string[],
  ): Promise<readonly { readonly runId: string; readonly isLost: boolean; readonly givenUp: string | null }[]>;
  /** The runs, and the records, that are more than limits allow, the oldest first. */
  excess(limits: { readonly runs: number; readonly bytes: number; readonly ageMs: number }): Promise<Excess>;
}

/** An event as a line, with its number; a piece has that of the event before it, and its own after that, which else is 0. */
export interface StoredEvent {
  readonly id: number;
  readonly piece: number;
  readonly text: string;
}

export interface Arrived {
  readonly run: KeptRun | null;
  readonly events: readonly StoredEvent[];
  readonly pieces: readonly StoredEvent[];
  /** Whether there may be more events behind these already. */
  readonly hasMore: boolean;
}

export interface KnownSession {
  readonly subject: string;
  /** Whether it was this replica that carried out its last run. */
  readonly isHere: boolean;
  readonly host: string;
}

export interface Excess {
  readonly runs: readonly string[];
  readonly records: readonly string[];
}

export interface StoreInput {
  readonly redis: Redis;
  readonly keys: Keys;
  /** The id of this replica, and the name of its machine. */
  readonly replica: string;
  readonly host: string;
  /** Milliseconds that what has ended is kept at most. */
  readonly keptMs: number;
}

/** How many events of a run are kept, about, and how many pieces of those that are under way. */
const MOST_EVENTS = 20_000;
const MOST_PIECES = 500;

/** How many of them are read in one go. */
const MOST_READ = 200;

/** How long it is known whose a session is, since it was last used, in milliseconds: 90 days. */
const SESSION_MS = 90 * 24 * 3_600_000;

/** How many runs, and how many records, are forgotten in one go. */
const MOST_FORGOTTEN = 100;

/** The latest piece. */
export const NOW = '$';

export function openStore({ redis, keys, replica, host, keptMs }: StoreInput): Store {
  const isDone = (result: unknown): boolean => result === 1;

  async function find(runId: string): Promise<KeptRun | null> {
    return runOf(await redis.hgetall(keys.run(runId)));
  }

  /** A script needs a name for each key; where there is none, that of a key which never exists. */
  const keyOf = ({ subject, key }: KeptRun): string => keys.key(subject, key ?? '');
  const goingOf = ({ sessionId }: KeptRun): string => keys.going(sessionId ?? '');
  /** What is there of a run alone, in the order in which scripts take it. */
  const keysOfRun = (runId: string): string[] =>
    [keys.run, keys.events, keys.pieces, keys.approvals, keys.answers].map((key) => key(runId));

  async function forget(run: KeptRun): Promise<void> {
    const { runId, subject, size } = run;
    await redis.eval(
      FORGET,
      12,
      ...keysOfRun(runId),
      keyOf(run),
      keys.of(subject),
      goingOf(run),
      keys.held(replica),
      keys.ended,
      keys.recorded,
      keys.bytes,
      runId,
      keys.wake(runId),
      size,
    );
  }

  /** The oldest records, as many as take up what there is too much. */
  async function recordsBeyond(bytes: number): Promise<readonly string[]> {
    let excess = Number(await redis.get(keys.bytes)) - bytes;
    if (excess <= 0) return [];
    const oldest = await redis.zrange(keys.recorded, '0', String(MOST_FORGOTTEN - 1));
    const sizes = await Promise.all(oldest.map((runId) => redis.hget(keys.run(runId), 'size')));
    const count = sizes.findIndex((size) => (excess -= Number(size) || 0) <= 0);
    return count === -1 ? oldest : oldest.slice(0, count + 1);
  }

  return {
    async begin(run, isAlone) {
      const { runId, subject, key, sessionId } = run;
      const flags = [key !== null, sessionId !== null, isAlone && sessionId !== null].map((is) => (is ? '1' : '0'));
      const told = await redis.eval(
        BEGIN,
        6,
        keys.run(runId),
        keyOf(run),
        keys.of(subject),
        goingOf(run),
        keys.held(replica),
        keys.counter,
        runId,
        ...flags,
        keys.run(''),
        ...fieldsOf(run),
        'owner',
        replica,
        'host',
        host,
      );
      const [kind, other] = Array.isArray(told) ? told.map(String) : [];
      if (other === undefined || (kind !== 'new' && kind !== 'known' && kind !== 'busy'))
        throw new Error('Redis gave an answer that none of its scripts gives');
      return { kind, runId: other };
    },
    find,
    async findKey(subject, key) {
      const runId = await redis.get(keys.key(subject, key));
      return runId === null ? null : find(runId);
    },
    async listed(subject, before, limit) {
      const upTo = Number.isFinite(before) ? `(${before}` : '+inf';
      const runIds = await redis.zrevrangebyscore(keys.of(subject), upTo, '-inf', 'WITHSCORES', 'LIMIT', 0, limit);
      const pairs = runIds.flatMap((runId, at) => (at % 2 === 0 ? [{ runId, nth: Number(runIds[at + 1]) }] : []));
      const found = await Promise.all(pairs.map(async ({ runId, nth }) => ({ nth, run: await find(runId), runId })));
      const gone = found.filter(({ run }) => run === null).map(({ runId }) => runId);
      if (gone.length > 0) await redis.zrem(keys.of(subject), ...gone);
      return found.flatMap(({ nth, run }) => (run === null ? [] : [{ nth, run }]));
    },
    async session(sessionId) {
      const [subject, by, at] = await redis.hmget(keys.session(sessionId), 'subject', 'replica', 'host');
      return subject == null ? null : { subject, isHere: by === replica, host: at ?? '' };
    },
    async append({ runId, messages, sequence }, events) {
      const added = events.flatMap(({ id, piece, text }) => [`${id}-${piece}`, text]);
      return isDone(
        await redis.eval(
          APPEND,
          3,
          keys.run(runId),
          keys.events(runId),
          keys.pieces(runId),
          replica,
          keys.wake(runId),
          MOST_EVENTS,
          MOST_PIECES,
          messages,
          sequence,
          ...added,
        ),
      );
    },
    change: async ({ runId }, change) =>
      isDone(await redis.eval(CHANGE, 1, keys.run(runId), replica, keys.wake(runId), ...fieldsOf(change))),
    claim: async (run, sessionId) =>
      isDone(
        await redis.eval(
          CLAIM,
          4,
          keys.run(run.runId),
          keys.session(sessionId),
          keys.going(sessionId),
          goingOf(run),
          replica,
          run.runId,
          run.subject,
          JSON.stringify(sessionId),
          SESSION_MS,
          host,
        ),
      ),
    async end(run, change) {
      const { runId, size, callback } = { ...run, ...change };
      return isDone(
        await redis.eval(
          END,
          12,
          ...keysOfRun(runId),
          keys.held(replica),
          goingOf(run),
          keys.ended,
          keys.recorded,
          keys.bytes,
          keyOf(run),
          keys.of(run.subject),
          replica,
          runId,
          keys.wake(runId),
          keptMs,
          size,
          callback === 'due' ? '1' : '0',
          ...fieldsOf(change),
        ),
      );
    },
    async read(runId, from, pieces) {
      const steps = redis
        .multi()
        .hgetall(keys.run(runId))
        .xrange(keys.events(runId), `${from}-0`, '+', 'COUNT', MOST_READ);
      const behind =
        pieces === NOW
          ? steps.xrevrange(keys.pieces(runId), '+', '-', 'COUNT', 1)
          : steps.xrange(keys.pieces(runId), `(${pieces}`, '+', 'COUNT', MOST_READ);
      const [hash, told, toldPieces] = (await behind.exec()) ?? [];
      const events = entriesIn(resultOf(told));
      return {
        run: runOf(hashIn(resultOf(hash))),
        events,
        pieces: entriesIn(resultOf(toldPieces)),
        hasMore: events.length === MOST_READ,
      };
    },
    forget,
    async forgetEnded(runId) {
      const run = await find(runId);
      if (run === null) await redis.multi().zrem(keys.ended, runId).zrem(keys.recorded, runId).exec();
      else await forget(run);
    },
    async calledBack(runId, callback) {
      await redis.eval(CHANGE, 1, keys.run(runId), replica, keys.wake(runId), ...fieldsOf({ callback }));
      await redis.srem(keys.held(replica), runId);
    },
    async forgetRecord(runId) {
      await redis.eval(FORGET_RECORD, 4, keys.run(runId), keys.events(runId), keys.recorded, keys.bytes, runId);
    },
    async renew(leaseMs) {
      const dead = await redis.eval(RENEW, 1, keys.replicas, replica, leaseMs);
      return Array.isArray(dead) ? dead.map(String) : [];
    },
    async take(dead, runId) {
      const places = [keys.run(runId), keys.replicas, keys.held(dead), keys.held(replica)] as const;
      if (!isDone(await redis.eval(TAKE, 4, ...places, runId, dead, replica))) return null;
      return (await find(runId)) ?? 'unreadable';
    },
    heldBy: (which) => redis.smembers(keys.held(which)),
    async drop(which, runId) {
      await redis.srem(keys.held(which), runId);
    },
    async leave(which) {
      if ((await redis.scard(keys.held(which))) === 0) await redis.zrem(keys.replicas, which);
    },
    async release(runId) {
      await redis.srem(keys.held(replica), runId);
    },
    async giveUp(runId, reason) {
      await redis.eval(GIVE_UP, 1, keys.run(runId), reason, keys.to(''));
    },
    async look(runIds) {
      const asked = runIds.map(async (runId) => {
        const [owner, givenUp] = await redis.hmget(keys.run(runId), 'owner', 'givenUp').catch(noneIfReplaced);
        return { runId, isLost: owner !== replica, givenUp: givenUp ?? null };
      });
      return Promise.all(asked);
    },
    async excess({ runs, bytes, ageMs }) {
      const [seconds] = await redis.time();
      const upTo = 1_000 * Number(seconds) - ageMs;
      const old = await redis.zrangebyscore(keys.ended, '-inf', String(upTo), 'LIMIT', 0, MOST_FORGOTTEN);
      const many = (await redis.zcard(keys.ended)) - old.length - runs;
      const more =
        many <= 0
          ? []
          : await redis.zrange(keys.ended, String(old.length), String(old.length + Math.min(many, MOST_FORGOTTEN) - 1));
      return { runs: [...old, ...more], records: await recordsBeyond(bytes) };
    },
  };
}

/** Where somebody has put something else, there is no run any more. */
function noneIfReplaced(error: unknown): readonly [] {
  if (/^WRONGTYPE\b/.test(messageOf(error))) return [];
  throw error;
}

/** The result of one command of a transaction. */
function resultOf(told: readonly [Error | null, unknown] | undefined): unknown {
  if (told === undefined) return undefined;
  const [error, result] = told;
  if (error !== null) throw error;
  return result;
}

function hashIn(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

/** The events in a stream; what is none is left out. */
function entriesIn(value: unknown): StoredEvent[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const [place, fields]: readonly unknown[] = Array.isArray(entry) ? entry : [];
    const [id, piece] = String(place).split('-').map(Number);
    const [, text]: readonly unknown[] = Array.isArray(fields) ? fields : [];
    return id !== undefined && piece !== undefined && typeof text === 'string' ? [{ id, piece, text }] : [];
  });
}
