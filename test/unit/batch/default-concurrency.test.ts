import { describe, expect, it } from 'vitest';
import { defaultConcurrency, defaultSpares } from '../../../src/batch/local/default-concurrency.ts';

const GIB = 1024 ** 3;

describe('how many claudes there are', () => {
  it('goes by processors and memory, whichever give out first', () => {
    expect([defaultConcurrency(2, 64 * GIB), defaultConcurrency(64, 4 * GIB), defaultConcurrency(8, 0)]).toEqual([
      4, 10, 1,
    ]);
  });

  it('that wait is as many as run, where there are processors to start them', () => {
    expect([defaultSpares(2, 8), defaultSpares(8, 2)]).toEqual([2, 2]);
  });
});
