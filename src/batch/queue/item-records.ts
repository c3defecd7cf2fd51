import type { Redis } from 'ioredis';
import { type Delivery, deliveryIn } from './delivery.ts';

/** What is known of the latest try of an item. */
export interface ItemRecord {
  readonly run: string;
  /** `closed`: whoever asked has given it up, so that nothing of it counts any more. */
  readonly state: 'open' | 'writing' | 'ended' | 'closed';
  /** The first tool that it used which may write; null: none yet. */
  readonly tool: string | null;
  readonly delivery: Delivery | null;
}

/**
 * What Redis knows of each item, a hash each. It decides between a worker that may have been lost and whoever would have the
 * item run once more: each step is one script, and the first of both wins.
 */
export interface Records {
  /**
   * Begins a try, unless there is one that still counts, or that was given up when it had begun to write. Yields the run of
   * either.
   */
  begin(id: string, run: string): Promise<string>;
  /** Null where nothing is known of it, or any more. */
  read(id: string): Promise<ItemRecord | null>;
  /** Notes that a tool is about to be used which may write; false where it must not be, since the try counts no more. */
  mark(id: string, run: string, tool: string): Promise<boolean>;
  /**
   * Hands over how a try ended, and again the first tool that it used which may write, in case Redis lost that; false where
   * nobody wants it any more. It is published on `endingsOf`.
   */
  deliver(id: string, run: string, delivery: Delivery, tool: string | null): Promise<boolean>;
  /** Has a try not count any more, unless it has ended. Yields what there was to know of it then. */
  close(id: string, run: string): Promise<ItemRecord | null>;
  remove(id: string): Promise<void>;
  /** Whether Redis knows of a batch. */
  knowsBatch(batch: string): Promise<boolean>;
  /** Has it know of a batch. */
  noteBatch(batch: string): Promise<void>;
}

/** How long results wait for who asked for them, in milliseconds: a week. */
const RESULT_MS = 7 * 24 * 3_600_000;

/** How long a batch is known since it was last started, and an item since it was begun, in milliseconds: 90 days. */
const BATCH_MS = 90 * 24 * 3_600_000;

/** The channel on which the ids of runs that have ended are published. @param name of the queue */
export function endingsOf(name: string): string {
  return `sluice-endings:${name}`;
}

const BEGIN = `
local run = redis.call('HGET', KEYS[1], 'run')
local state = redis.call('HGET', KEYS[1], 'state')
if run and (state ~= 'closed' or redis.call('HEXISTS', KEYS[1], 'tool') == 1) then return run end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'state', 'open')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return ARGV[1]`;

const MARK = `
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'open' and state ~= 'writing' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'writing')
redis.call('HSETNX', KEYS[1], 'tool', ARGV[2])
return 1`;

const DELIVER = `
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return 0 end
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'ended' then return 1 end
if state == 'closed' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'ended', 'delivery', ARGV[2])
if ARGV[4] ~= '' then redis.call('HSETNX', KEYS[1], 'tool', ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[5], ARGV[1])
return 1`;

const CLOSE = `
local known = redis.call('HMGET', KEYS[1], 'run', 'state', 'tool', 'delivery')
if known[1] == ARGV[1] and known[2] ~= 'ended' then
  redis.call('HSET', KEYS[1], 'state', 'closed')
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return known`;

/** @param name that of the queue */
export function openRecords(redis: Redis, name: string): Records {
  const keyOf = (id: string): string => `sluice-items:${name}:${id}`;
  const batchKey = (batch: string): string => `sluice-batches:${name}:${batch}`;
  return {
    begin: async (id, run) => String(await redis.eval(BEGIN, 1, keyOf(id), run, BATCH_MS)),
    read: async (id) => recordOf(await redis.hmget(keyOf(id), 'run', 'state', 'tool', 'delivery')),
    mark: async (id, run, tool) => (await redis.eval(MARK, 1, keyOf(id), run, tool)) === 1,
    async deliver(id, run, delivery, tool) {
      const told = [JSON.stringify(delivery), RESULT_MS, tool ?? '', endingsOf(name)];
      return (await redis.eval(DELIVER, 1, keyOf(id), run, ...told)) === 1;
    },
    close: async (id, run) => recordOf(await redis.eval(CLOSE, 1, keyOf(id), run, RESULT_MS)),
    async remove(id) {
      await redis.del(keyOf(id));
    },
    knowsBatch: async (batch) => (await redis.pexpire(batchKey(batch), BATCH_MS)) === 1,
    async noteBatch(batch) {
      await redis.set(batchKey(batch), '1', 'PX', BATCH_MS);
    },
  };
}

const STATES: ReadonlySet<unknown> = new Set(['open', 'writing', 'ended', 'closed']);

/** What is no record is none that is known. */
function recordOf(values: unknown): ItemRecord | null {
  if (!Array.isArray(values)) return null;
  const [run, state, tool, delivery]: readonly unknown[] = values;
  if (typeof run !== 'string' || !isState(state)) return null;
  return {
    run,
    state,
    tool: typeof tool === 'string' ? tool : null,
    delivery: typeof delivery === 'string' ? deliveryIn(delivery) : null,
  };
}

function isState(value: unknown): value is ItemRecord['state'] {
  return STATES.has(value);
}
