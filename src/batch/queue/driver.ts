import type * as BullMq from 'bullmq';
import { SluiceError } from '../../errors.ts';

/** What queues are made of; loaded only where there is one. */
export type Driver = Pick<typeof BullMq, 'Queue' | 'Worker' | 'WaitingError'>;

/** The command that installs BullMQ, and ioredis, which it needs. */
const INSTALL = 'npm install bullmq@6 ioredis@6';

/** @throws SluiceError `usage` where it is not installed */
export async function loadDriver(): Promise<Driver> {
  try {
    return await import('bullmq');
  } catch (error) {
    throw new SluiceError(
      'usage',
      `for a queue, BullMQ and ioredis are needed; install them beside sluice: ${INSTALL}`,
      {
        cause: error,
      },
    );
  }
}
