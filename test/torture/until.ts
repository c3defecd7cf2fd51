import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/**
 * Settles once a condition holds.
 * @throws Error that names what was waited for, after `bound` milliseconds; default: a minute
 */
export async function until(what: string, holds: () => boolean, bound = 60_000): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > bound) throw new Error(`waited ${bound} ms in vain until ${what}`);
    await sleep(INTERVAL_MS);
  }
}
