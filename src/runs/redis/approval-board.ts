import type { Redis } from 'ioredis';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { Keys } from './keys.ts';
import type { Wakes } from './wakes.ts';

/**
 * Calls of tools that wait for an approval: one replica asks for it, and any other can give it. They are as untrusted as all
 * that is in Redis.
 */
export interface ApprovalBoard {
  /** Puts up a call for all replicas to see. */
  put(runId: string, id: string, approval: object): Promise<void>;
  /** Takes it down again. */
  remove(runId: string, id: string): Promise<void>;
  /** Those of a run that are open. */
  of(runId: string): Promise<readonly unknown[]>;
  /** Answers one; false where it is no longer open, or was answered already. */
  answer(runId: string, id: string, answer: object): Promise<boolean>;
  /** Calls back when there may be new ones of a run; settles with what ends that. */
  follow(runId: string, listener: () => void): Promise<() => void>;
  /** Calls back with each answer to one that was put up here. To be called once. */
  onAnswer(listener: (runId: string, id: string, answer: unknown) => void): void;
  /** Looks for answers to those that were put up here. */
  look(): Promise<void>;
}

export interface ApprovalBoardInput {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly wakes: Wakes;
  /** Asks Redis on behalf of a request that waits. */
  readonly soon: <Result>(ask: () => Promise<Result>) => Promise<Result>;
  /** Milliseconds after which a call expires that was never removed. */
  readonly keptMs: number;
}

/** Keys: approvals, answers, run. Arguments: id, answer, milliseconds that it is kept, beginning of the channels of replicas. */
const ANSWER = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local owner = redis.call('HGET', KEYS[3], 'owner')
if owner then redis.call('PUBLISH', ARGV[4] .. owner, '') end
return 1`;

export function openApprovalBoard({ redis, keys, wakes, soon, keptMs }: ApprovalBoardInput): ApprovalBoard {
  /** The ids of those that were put up here, by run. */
  const own = new Map<string, Set<string>>();
  let tell = (_runId: string, _id: string, _answer: unknown): void => {};

  function forget(runId: string, id: string): void {
    const ids = own.get(runId);
    ids?.delete(id);
    if (ids?.size === 0) own.delete(runId);
  }

  return {
    async put(runId, id, approval) {
      own.set(runId, (own.get(runId) ?? new Set()).add(id));
      const key = keys.approvals(runId);
      const steps = redis.multi().hset(key, id, JSON.stringify(approval)).pexpire(key, keptMs);
      await steps.publish(keys.asked(runId), '').exec();
    },
    async remove(runId, id) {
      forget(runId, id);
      await redis.multi().hdel(keys.approvals(runId), id).hdel(keys.answers(runId), id).exec();
    },
    async of(runId) {
      return (await soon(() => redis.hvals(keys.approvals(runId)))).flatMap((text) => jsonIn(text) ?? []);
    },
    async answer(runId, id, answer) {
      const told = [id, JSON.stringify(answer), keptMs, keys.to('')] as const;
      const places = [keys.approvals(runId), keys.answers(runId), keys.run(runId)] as const;
      return (await redis.eval(ANSWER, 3, ...places, ...told)) === 1;
    },
    follow: (runId, listener) => wakes.on(keys.asked(runId), listener),
    onAnswer(listener) {
      tell = listener;
    },
    async look() {
      for (const [runId, ids] of own) {
        const answers = await redis.hgetall(keys.answers(runId));
        for (const id of ids) if (answers[id] !== undefined) tell(runId, id, jsonIn(answers[id]));
      }
    },
  };
}

/** Null for what is no object. */
function jsonIn(text: string): Readonly<Record<string, unknown>> | null {
  const value = parsedJson(text);
  return isRecord(value) ? value : null;
}
