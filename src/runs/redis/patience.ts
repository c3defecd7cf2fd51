import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SluiceError } from '../../errors.ts';
import { faultOf } from '../../redis/link.ts';
import { within } from '../../system/bounded-wait.ts';

/** Milliseconds that somebody who asks waits for Redis, and between two tries. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * What asks Redis for somebody who waits, who is told soon where that can't be done now: what is to be known of runs is there
 * alone.
 */
export function patientFor(redis: Redis, shown: string) {
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
    throw fault === null ? new SluiceError('network', `--queue: ${shown}: it does not answer`) : faultOf(fault, shown);
  };
}
