import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { inTest } from '../../support/test-end.ts';
import type { Family } from './families.ts';
import { exitCodeOf, type Fault, secondsOf } from './fault.ts';
import { isPlayedHere, play } from './play.ts';

/** How much slower a busy machine may be than people are told: what fails by this is what hangs. */
const SLOWNESS = 6;

/** A test for each row of a family; those that have a process of their own go on at the same time. */
export function testFamily({ name, faults }: Family): void {
  describe(`${name} fails:`, () => {
    it.for(rowsOf(faults.filter(isPlayedHere)))('%s', { timeout: 0 }, meetsItsEnd);
    it.concurrent.for(rowsOf(faults.filter((fault) => !isPlayedHere(fault))))('%s', { timeout: 0 }, meetsItsEnd);
  });
}

type Row = readonly [name: string, fault: Fault];

function rowsOf(faults: readonly Fault[]): readonly Row[] {
  return faults.map((fault) => [fault.name, fault] as const);
}

function meetsItsEnd([, fault]: Row, context: TestContext): Promise<void> {
  return inTest(context, async () => {
    const { ends, bundle } = fault;
    expect(await within(SLOWNESS * secondsOf(ends), play(fault))).toEqual({
      class: ends.class ?? null,
      exitCode: exitCodeOf(ends),
      partial: bundle === 'none' ? null : (ends.partial ?? false),
      told: expect.stringMatching(ends.saying ?? /(?:)/),
      left: [],
    });
  });
}

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
