import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { seeOlder } from '../../../../src/claude/process-tree/older-processes.ts';
import type { ProcessTable } from '../../../../src/claude/process-tree/process-table.ts';

/** A table of processes by their starts; `read` tells which of them it had to look at. */
function tableOf(starts: Map<number, number>) {
  const looked: number[] = [];
  const read: ProcessTable['read'] = (since, foreign) => {
    for (const [pid, start] of starts) {
      if (foreign?.has(pid)) continue;
      looked.push(pid);
      if (start < Number(since)) foreign?.add(pid);
    }
    return [];
  };
  return { table: { read } as ProcessTable, looked: () => looked.splice(0) };
}

describe('older processes', () => {
  it('are read once for runs that end one after the other', () => {
    const starts = new Map([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ]);
    const { table, looked } = tableOf(starts);
    expect([...seeOlder(table, '25', new Set([3])).ids]).toEqual([1, 2]);
    expect(looked()).toEqual([1, 2, 4]);
    starts.set(5, 50);
    expect([...seeOlder(table, '35', new Set([4])).ids].toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
    // Those that were no matter of the first run may be one of the second's.
    expect(looked()).toEqual([3, 5]);
  });

  it('are read anew for a run that started earlier, and when some time has gone by', () => {
    vi.useFakeTimers({ toFake: ['hrtime'] });
    onTestFinished(() => void vi.useRealTimers());
    const { table, looked } = tableOf(
      new Map([
        [1, 10],
        [2, 20],
      ]),
    );
    seeOlder(table, '25', new Set());
    expect([...seeOlder(table, '15', new Set()).ids]).toEqual([1]);
    expect(looked()).toEqual([1, 2, 1, 2]);
    vi.advanceTimersByTime(600);
    expect([...seeOlder(table, '25', new Set()).ids]).toEqual([1, 2]);
    expect(looked()).toEqual([1, 2]);
  });
});
