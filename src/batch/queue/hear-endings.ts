import type { Redis } from 'ioredis';
import { endingsOf } from './item-records.ts';

/** A subscription to the ends of runs. */
export interface Subscription {
  close(): void;
}

/**
 * Subscribes to the ends of runs, on a connection of its own. Some may be missed, as while that is broken: whoever waits for one
 * looks for it now and then all the same.
 * @param name of the queue
 */
export function hearEndings(redis: Redis, name: string, heard: (run: string) => void): Subscription {
  const subscriber = redis.duplicate();
  subscriber.on('error', () => {});
  subscriber.on('message', (_channel, run) => heard(run));
  subscriber.subscribe(endingsOf(name)).catch(() => {});
  return { close: () => subscriber.disconnect() };
}
