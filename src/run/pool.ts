import { secretsKeptFromTools } from './secrets-kept-from-tools.ts';
import type { LaunchOptions } from '../claude/launch.ts';
import { type ClaudePool, openPool, type PoolState } from '../claude/pool/pool.ts';
import { expectValue } from '../request/expected.ts';
import { duration } from '../request/kinds/durations.ts';
import { count } from '../request/kinds/numbers.ts';
import type { RunRequest } from '../request/run-request.ts';
import { answerSchemaOf } from './answer-schema-of.ts';
import { given } from './given.ts';
import { type LaunchHost, launchOptions } from './launch-options.ts';

export type { PoolState } from '../claude/pool/pool.ts';

/** What a pool holds ready. */
export interface PoolOptions {
  /**
   * What claudes are started with, as the runs will ask that are to be given them; default: nothing. What counts only from
   * the prompt on need not be the same: the prompt, time limits, what is kept and shown. A function is
   * asked again whenever one is to be started; it may throw then, and none is.
   */
  readonly request?: RunRequest | (() => RunRequest);
  /** The same of the host of those runs; default: as there. */
  readonly host?: LaunchHost;
  /** How many wait; default: 1. Each takes some 200 to 310 MiB (2.1.197). */
  readonly spares?: number;
  /** How many other sets of options have one that waits, too, those that runs ask for most; default: 0. */
  readonly otherKeys?: number;
  /** How long one may wait before it is replaced, in milliseconds; default: 5 minutes. */
  readonly maxAge?: number;
  /**
   * How long after one was taken the next is started, in milliseconds, unless its run ends before; default: 1 second. 0 is
   * for those who have the next prompt already.
   */
  readonly refillAfter?: number;
  /**
   * How many claudes start at the same time at most, those that runs had to start themselves included. Default: one that
   * is started ahead, whatever runs start. More than there are processors would not be there earlier.
   */
  readonly startsAtOnce?: number;
  /** How many may wait now; asked again and again. Must not throw. Default: as many as asked for. */
  readonly room?: () => number;
  /** Told of one that could not be started, or ended by itself: runs start their own then. Must not throw. */
  readonly onFault?: (fault: unknown) => void;
}

/**
 * Claudes that have been started and wait for their prompt, for runs whose host has this pool. A run is given one where
 * all that was fixed at the start is as it would be now: arguments, environment, folder, claude itself, its settings,
 * memories, hooks, MCP servers and login, and the commit that is checked out. Where none is, or one has died, it starts its
 * own, as without a pool. Each serves one run. To be closed: until then it keeps this process alive.
 */
export interface Pool extends Pick<ClaudePool, 'launch'> {
  /** Settles once as many wait as there is room for, or can't be started. Never rejects. */
  ready(): Promise<void>;
  /** What waits now, and what runs were given. */
  state(): PoolState;
  /** Ends those that wait; runs that were given one go on. Settles once nothing is left of them. Never rejects. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Five minutes: what a claude knows from its start does not get older. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * Opens a pool, and starts what is to wait in it.
 * @throws SluiceError `usage` for an option that is not what it should be
 */
export async function createPool(options: PoolOptions = {}): Promise<Pool> {
  const { request, host = {}, spares = 1, otherKeys = 0, maxAge = MAX_AGE_MS } = options;
  expectValue('spares', count, spares);
  expectValue('otherKeys', count, otherKeys);
  expectValue('maxAge', duration, maxAge);
  if (options.startsAtOnce !== undefined) expectValue('startsAtOnce', count, options.startsAtOnce);
  if (options.refillAfter !== undefined) expectValue('refillAfter', count, options.refillAfter);
  const standardOf = async (): Promise<LaunchOptions> => {
    const asked = given(typeof request === 'function' ? request() : (request ?? {}), [], host);
    if (asked.fault !== null) throw asked.fault;
    return launchOptions(
      await withAnswerSchema(asked.request),
      asked.host,
      await secretsKeptFromTools(asked.request, asked.host),
    );
  };
  const first = await standardOf();
  const pool = openPool({
    standard: typeof request === 'function' ? standardOf : () => first,
    spares,
    otherKeys,
    maxAgeMs: maxAge,
    refillMs: options.refillAfter,
    startsAtOnce: options.startsAtOnce,
    room: options.room ?? (() => spares + otherKeys),
    onFault: options.onFault ?? (() => {}),
  });
  return { ...pool, [Symbol.asyncDispose]: pool.close };
}

async function withAnswerSchema(request: RunRequest): Promise<RunRequest> {
  const { jsonSchema } = request;
  return jsonSchema === undefined ? request : { ...request, jsonSchema: (await answerSchemaOf(jsonSchema)).json };
}
