import type { Redis } from 'ioredis';
import { endingsOf } from './item-records.ts';

/** Somebody who is told of runs that have ended. */
export interface Ear {
  close(): void;
}

/**
 * Listens for runs that end, on a connection of its own. Some may be missed, as where that breaks: whoever waits for one looks
 * for it, too.
 * @param name that of the queue
 */
export function hearEndings(redis: Redis, name: string, heard: (run: string) => void): Ear {
  const ear = redis.duplicate();
  ear.on('error', () => {});
  ear.on('message', (_channel, run) => heard(run));
  ear.subscribe(endingsOf(name)).catch(() => {});
  return { close: () => ear.disconnect() };
}
