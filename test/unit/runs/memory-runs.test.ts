import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryRecords, memoryOf } from '../../../src/runs/memory/memory-records.ts';
import { createMemoryRuns } from '../../../src/runs/memory/memory-runs.ts';
import type { KeepLimits } from '../../../src/runs/run-index.ts';
import type { Runs } from '../../../src/runs/runs.ts';
import { encodeEvent } from '../../../src/sinks/backlog/stored-event.ts';
import { collect } from '../../support/collect.ts';
import { success } from '../sinks/endings.ts';
import { event, message } from '../stream/messages.ts';
import { writtenEvent } from '../../../src/runs/written-event.ts';
import { newRun } from './entries.ts';

const said = (sequence: number, length = 100) => event(message('keep_alive', { text: 'x'.repeat(length) }), sequence);

describe('a record in memory', () => {
  it('holds the newest events, as far as there is room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3_000), fc.array(fc.nat(1_000), { maxLength: 50 }), async (bytes, lengths) => {
        const records = createMemoryRecords(bytes);
        const record = records.create('a');
        const events = lengths.map((length, index) => said(index + 1, length));
        for (const event of events) record.append(writtenEvent(event));
        const kept = await collect(records.read('a', 1));
        expect(kept.map(({ event }) => event)).toEqual(events.slice(events.length - kept.length));
        expect(kept.map(({ id }) => id)).toEqual(kept.map(({ event }) => event.sequence));
        const sizes = events.map((event) => memoryOf(encodeEvent(event).length));
        const size = record.close(null);
        expect(size).toBe(sizes.slice(events.length - kept.length).reduce((sum, one) => sum + one, 0));
        expect(size).toBeLessThanOrEqual(bytes);
        const before = sizes[events.length - kept.length - 1];
        expect(before === undefined || size + before > bytes).toBe(true);
      }),
    );
  });
});

describe('runs in memory', () => {
  const LIMITS: KeepLimits = { runs: 10, bytes: 10_000, ageMs: 1_000 };

  /** Runs that have ended, with so many messages of 100 characters each. */
  function ended(runs: Runs, ...messages: readonly number[]): string[] {
    return messages.map((count) => {
      const begun = runs.begin(newRun());
      if (begun.kind !== 'new') throw new Error('there is one already');
      begun.run.started();
      for (let sequence = 1; sequence <= count; sequence++) void begun.run.sink.write(said(sequence));
      begun.run.ended('finished', success());
      return begun.run.runId;
    });
  }

  it('are kept up to a number, the newest', () => {
    const runs = createMemoryRuns({ ...LIMITS, runs: 2 });
    const ids = ended(runs, 0, 0, 0);
    expect(ids.map((runId) => runs.find(runId)?.runId)).toEqual([undefined, ids[1], ids[2]]);
    expect(runs.find('d')).toBeNull();
  });

  it('have records up to a size: of others it is known how they ended', async () => {
    const size = memoryOf(encodeEvent(said(1)).length);
    const runs = createMemoryRuns({ ...LIMITS, bytes: 5 * size });
    const [first = '', ...others] = ended(runs, 3, 2, 2);
    const sizes = [first, ...others].map((runId) => runs.find(runId)?.size);
    expect(sizes).toEqual([0, 2 * size, 2 * size]);
    const run = runs.find(first);
    if (run === null) throw new Error('it is gone');
    expect(await runs.bundle(run)).toMatchObject({
      outcome: { class: 'success' },
      messages: [],
      truncation: { total: 3, dropped: 3 },
    });
  });

  it('are kept for a time', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const runs = createMemoryRuns(LIMITS);
    const [first = ''] = ended(runs, 1);
    vi.advanceTimersByTime(600);
    const [second = ''] = ended(runs, 1);
    const areKept = () => [first, second].map((runId) => runs.find(runId) !== null);
    expect(areKept()).toEqual([true, true]);
    vi.advanceTimersByTime(600);
    expect(areKept()).toEqual([false, true]);
  });

  it('are not kept at all where none may be', () => {
    const runs = createMemoryRuns({ ...LIMITS, runs: 0 });
    const [runId = ''] = ended(runs, 1);
    expect(runs.find(runId)).toBeNull();
  });
});
