import type * as BullMq from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import { SluiceError } from '../../errors.ts';

/** What queues are made of; it is loaded only where there is one. */
export interface Driver {
  readonly bullmq: Pick<typeof BullMq, 'Queue' | 'QueueEvents' | 'Worker' | 'WaitingError'>;
  readonly Redis: new (options: RedisOptions) => Redis;
}

/** The command that installs both packages. */
const INSTALL = 'npm install bullmq@6 ioredis@6';

/** @throws SluiceError `usage` where they are not installed */
export async function loadDriver(): Promise<Driver> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bullmq, Redis };
  } catch (error) {
    throw new SluiceError('usage', `a queue is carried by BullMQ on Redis; install it beside sluice: ${INSTALL}`, {
      cause: error,
    });
  }
}
