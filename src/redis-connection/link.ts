import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { messageOf, SluiceError, systemCodeOf } from '../errors.ts';
import { within } from '../system/bounded-wait.ts';
import { connectionFault } from '../system/connection-fault.ts';
import { tlsFault } from '../system/tls-fault.ts';
import type { Address, Endpoint } from './address.ts';
import type { RedisDriver } from './driver.ts';

/** A connection to Redis that is taken up again when it breaks. */
export interface Link {
  readonly redis: Redis;
  /** How others connect to the same. */
  readonly options: Connecting;
  /** One more connection to the same server, not connected yet, without a time-out of commands. Whoever asks for it closes it. */
  another(): Redis;
  /** Milliseconds that an answer may take. */
  readonly answerMs: number;
  /** Where it is, for messages. */
  readonly shown: string;
  /** What errors about it begin with: where its address was set, and the address. */
  readonly culprit: string;
  /**
   * Does something with Redis, and repeats it while Redis is away or refuses writes.
   * @param action that can be repeated without harm
   * @param signal ends the wait at once, also for an answer; its reason is thrown
   * @throws SluiceError `network` or `overloaded` where that takes too long
   */
  insist<Result>(action: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  close(): void;
}

/** What clients of Redis are told, so that they connect again as long as they are there. */
export interface Connecting extends Endpoint {
  readonly connectTimeout: number;
  /** The only sign of a server that has gone without closing its connections. */
  readonly socketTimeout: number;
  readonly maxRetriesPerRequest: null;
  readonly retryStrategy: (times: number) => number;
}

/** What a link does besides. */
export interface LinkOptions {
  /** Where its address was set, such as a variable's name; default: the flag. */
  readonly where?: string;
  /** Told, once each time, what keeps it from going on, and when it goes on again. */
  readonly say: (text: string) => void;
  /** Milliseconds without Redis after which nobody waits any more. */
  readonly patienceMs?: number;
  /** Milliseconds for an answer; a connection that is silent for twice as long is made anew. */
  readonly answerMs?: number;
}

/** Milliseconds for the first connection, and for an answer. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 15_000;

/** Milliseconds between two tries, at most. */
const PAUSE_MS = 1_000;

/** Milliseconds without Redis before whoever needs it is given up, to be started again. */
const PATIENCE_MS = 5 * 60_000;

/** What Redis says while it can't do something that it may do later. */
const FOR_THE_MOMENT =
  /^(?:OOM|LOADING|BUSY|MASTERDOWN|READONLY|TRYAGAIN|CLUSTERDOWN|MISCONF|NOREPLICAS)\b|\bOOM command not allowed/;

/** What it says to a user who may not log in, or not use a command. */
const NOT_LET_IN = /^(?:NOAUTH|WRONGPASS|NOPERM)\b|invalid (?:username-)?password|without any password configured/i;

/**
 * Connects to Redis, and sees that it drops nothing that is kept there.
 * @throws SluiceError `network` where it can't be reached, `auth` where it lets nobody in, `usage` where it evicts keys
 */
export async function openLink(Redis: RedisDriver, address: Address, own: LinkOptions): Promise<Link> {
  const { shown } = address;
  const { where = '--queue', answerMs = ANSWER_MS } = own;
  const culprit = `${where}: ${shown}`;
  const options: Connecting = {
    ...address.endpoint,
    connectTimeout: CONNECT_MS,
    socketTimeout: 2 * answerMs,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, PAUSE_MS),
  };
  const redis = new Redis({ ...options, lazyConnect: true, commandTimeout: answerMs });
  let lastFault: unknown = null;
  redis.on('error', (error) => (lastFault = error));
  // What kept it away once says nothing of the next time.
  redis.on('ready', () => (lastFault = null));

  /** Where there is no connection, an error of a command only says that no answer came. */
  function behind(error: unknown): unknown {
    return redis.status === 'ready' || error instanceof SluiceError ? error : (lastFault ?? error);
  }

  try {
    await connected(redis, answerMs, () => lastFault);
    await look(redis, { shown, culprit }, own.say);
  } catch (error) {
    redis.disconnect();
    throw faultOf(error, culprit);
  }
  return {
    redis,
    options,
    another: () => new Redis({ ...options, lazyConnect: true }),
    answerMs,
    shown,
    culprit,
    insist: insisting({ shown, culprit }, own, behind),
    close: () => redis.disconnect(),
  };
}

/** The first connection is not tried again: what is wrong with it is mostly the address. */
async function connected(redis: Redis, answerMs: number, lastFault: () => unknown): Promise<void> {
  const slow = new AbortController();
  const late = sleep(answerMs, undefined, { signal: slow.signal }).then(() => {
    throw Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' });
  });
  late.catch(() => {});
  try {
    await Promise.race([redis.connect(), late]);
    await Promise.race([redis.ping(), late]);
  } catch (error) {
    throw lastFault() ?? error;
  } finally {
    slow.abort();
  }
}

/** What Redis drops when it is full, or forgets when it ends, would be missed. */
async function look(redis: Redis, { shown, culprit }: Called, say: (text: string) => void): Promise<void> {
  const told = await redis.info();
  const policy = /^maxmemory_policy:(\S+)/m.exec(told)?.[1];
  if (/^aof_enabled:0/m.test(told))
    say(`${shown} forgets what is kept there when it crashes; set its appendonly to yes, and appendfsync to always`);
  if (policy === undefined || policy === 'noeviction') return;
  throw new SluiceError(
    'usage',
    `${culprit} drops keys, and so what is kept there, when its memory is full (${policy}); set its maxmemory-policy to noeviction`,
  );
}

/** What it is called in messages. */
type Called = Pick<Link, 'shown' | 'culprit'>;

/** @param behind what an error comes of */
function insisting(
  { shown, culprit }: Called,
  { say, patienceMs = PATIENCE_MS }: LinkOptions,
  behind: (error: unknown) => unknown,
): Link['insist'] {
  let isTold = false;
  return async (action, signal) => {
    const bound = signal === undefined ? {} : { signal };
    // Many wait at the same time, as all items of a batch.
    if (signal !== undefined) setMaxListeners(0, signal);
    const since = performance.now();
    for (;;) {
      signal?.throwIfAborted();
      try {
        const came = await within(action(), bound);
        if (!came.done) continue;
        if (isTold) say(`${shown} answers again`);
        isTold = false;
        return came.value;
      } catch (error) {
        const fault = faultOf(behind(error), culprit);
        if (!isForNow(fault) || performance.now() - since > patienceMs) throw fault;
        if (!isTold) say(describeFault(fault));
        isTold = true;
        await sleep(PAUSE_MS, undefined, bound).catch(() => {});
      }
    }
  };
}

/** What is said of a fault, with which one goes on for now. */
export function describeFault(fault: SluiceError): string {
  return isForNow(fault) ? `${fault.message}; it is tried again` : fault.message;
}

function isForNow({ code }: SluiceError): boolean {
  return code === 'network' || code === 'overloaded';
}

/** What went wrong with Redis, in our own terms. @param culprit as of its link */
export function faultOf(thrown: unknown, culprit: string): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const message = messageOf(thrown);
  const told = (code: ConstructorParameters<typeof SluiceError>[0], why: string): SluiceError =>
    new SluiceError(code, `${culprit}: ${why}`, { cause: thrown });
  if (NOT_LET_IN.test(message))
    return told('auth', `it does not let us in, or forbids a command that is needed: ${message}`);
  if (FOR_THE_MOMENT.test(message)) return told('overloaded', `it takes nothing now: ${message}`);
  const code = systemCodeOf(thrown);
  const reason = code === undefined ? undefined : (connectionFault(code) ?? tlsFault(code)?.reason);
  if (reason !== undefined) return told('network', `${reason} (${code})`);
  if (/time(?:d )?out|ended|connection/i.test(message)) return told('network', message);
  return told('internal', message);
}
