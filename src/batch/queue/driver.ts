import type * as BullMq from 'bullmq';
import { SluiceError } from '../../errors.ts';

/** What queues are made of; it is loaded only where there is one. */
export type Driver = Pick<typeof BullMq, 'Queue' | 'Worker' | 'WaitingError'>;

/** The command that installs it and what it needs. */
const INSTALL = 'npm install bullmq@6 ioredis@6';

/** @throws SluiceError `usage` where it is not installed */
export async function loadDriver(): Promise<Driver> {
  try {
    return await import('bullmq');
  } catch (error) {
    throw new SluiceError('usage', `a queue is carried by BullMQ on Redis; install it beside sluice: ${INSTALL}`, {
      cause: error,
    });
  }
}
