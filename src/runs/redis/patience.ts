import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SluiceError } from '../../errors.ts';
import { faultOf } from '../../redis-connection/link.ts';
import { within } from '../../system/bounded-wait.ts';

/** Milliseconds that a request waits for Redis, and between two tries. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * Makes what asks Redis on behalf of a request that waits: it tries for a short while, then fails.
 * @param culprit what errors begin with
 */
export function patientFor(redis: Redis, culprit: string) {
  return async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    const since = performance.now();
    let fault: unknown = null;
    while (performance.now() - since < PATIENCE_MS) {
      if (redis.status !== 'ready') {
        await sleep(PAUSE_MS);
        continue;
      }
      try {
        const asked = await within(ask(), { ms: PATIENCE_MS });
        if (asked.done) return asked.value;
      } catch (error) {
        fault = error;
        await sleep(PAUSE_MS);
      }
    }
    throw fault === null ? new SluiceError('network', `${culprit}: it does not answer`) : faultOf(fault, culprit);
  };
}
