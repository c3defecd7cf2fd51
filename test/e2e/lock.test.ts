import { expect, it } from 'vitest';
import { tryLock } from '../torture/try-lock.ts';

it('a lock goes to one after the other of those who wait, whoever is killed, and passes over who is stopped', async () => {
  const { problems, had, waits } = await tryLock(3, 3, 1);
  expect(problems).toEqual([]);
  expect(waits).toHaveLength(3);
  // One to begin with, one after each that was killed, and who had been stopped.
  expect(had).toBe(5);
});
