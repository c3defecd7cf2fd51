import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inTest } from '../../support/test-end.ts';
import { API_FAULTS } from './api.ts';
import { describeTests, type ProcessTree } from './describe-tests.ts';
import { exitCodeOf, secondsOf } from './fault.ts';
import { OUR_FAULTS } from './ours.ts';
import { play } from './play.ts';
import { PROCESS_FAULTS } from './process.ts';

const FAMILIES: readonly ProcessTree[] = [
  { name: 'The API', about: 'The real claude; a stub of the API fails it.', faults: API_FAULTS },
  {
    name: 'The process of claude',
    about: 'The fake claude; the real one with the MCP servers.',
    faults: PROCESS_FAULTS,
  },
  { name: 'Our own side', about: 'The fake claude; the machine fails sluice.', faults: OUR_FAULTS },
];

/** How much slower a busy machine may be than people are told: what fails by this is what hangs. */
const SLOWNESS = 6;

describe.concurrent.each(FAMILIES)('$name fails:', ({ faults }) => {
  it.for(faults.map((fault) => [fault.name, fault] as const))('%s', { timeout: 0 }, ([, fault], context) =>
    inTest(context, async () => {
      const { ends, bundle } = fault;
      expect(await within(SLOWNESS * secondsOf(ends), play(fault))).toEqual({
        class: ends.class ?? null,
        exitCode: exitCodeOf(ends),
        partial: bundle === 'none' ? null : (ends.partial ?? false),
        told: expect.stringMatching(ends.saying ?? /(?:)/),
        left: [],
      });
    }),
  );
});

describe('the matrix of faults', () => {
  it('is what test/README.md says it is', async () => {
    await expect(describeTests(FAMILIES)).toMatchFileSnapshot('../../README.md');
  });
});

/** What a promise resolves to; rejects when it takes longer than so many seconds. */
async function within<Value>(seconds: number, promise: Promise<Value>): Promise<Value> {
  const over = new AbortController();
  const late = sleep(seconds * 1_000, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no end after ${seconds} s`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}
