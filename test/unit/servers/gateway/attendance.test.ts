import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAttendance } from '../../../../src/servers/gateway/attendance.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a run that wants company', () => {
  it('is given up where nobody comes', async () => {
    const giveUp = vi.fn<() => void>();
    createAttendance({ graceMs: 1_000 }).require('a', giveUp);
    await vi.advanceTimersByTimeAsync(999);
    expect(giveUp).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('goes on while anybody is there, and for a while after the last has left', async () => {
    const giveUp = vi.fn<() => void>();
    const { require, attend } = createAttendance({ graceMs: 1_000 });
    require('a', giveUp);
    const leaves = [attend('a'), attend('a')];
    await vi.advanceTimersByTimeAsync(5_000);
    leaves[0]?.();
    await vi.advanceTimersByTimeAsync(5_000);
    leaves[1]?.();
    await vi.advanceTimersByTimeAsync(999);
    const leave = attend('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(giveUp).not.toHaveBeenCalled();
    leave();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('is none of those that nobody said so of, nor one that was given up', async () => {
    const giveUp = vi.fn<() => void>();
    const { require, attend } = createAttendance({ graceMs: 1_000 });
    attend('b')();
    require('a', giveUp);
    await vi.advanceTimersByTimeAsync(1_000);
    attend('a')();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('goes on while anybody is there by way of another server, or nobody can tell', async () => {
    const followed = new Map<string, number>();
    const followers = {
      async tell(runId: string, ms: number) {
        followed.set(runId, Date.now() + ms);
      },
      any: async (runId: string) => (followed.get(runId) ?? 0) > Date.now(),
    };
    const giveUp = vi.fn<() => void>();
    createAttendance({ graceMs: 1_000, followers }).require('a', giveUp);
    const leave = createAttendance({ graceMs: 1_000, followers }).attend('a');
    const unknown = { ...followers, any: () => Promise.reject(new Error('nothing listens there')) };
    createAttendance({ graceMs: 1_000, followers: unknown }).require('b', giveUp);
    await vi.advanceTimersByTimeAsync(5_500);
    expect(giveUp).not.toHaveBeenCalled();
    leave();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });
});
