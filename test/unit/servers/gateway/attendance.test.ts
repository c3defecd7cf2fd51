import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAttendance } from '../../../../src/servers/gateway/attendance.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a run that wants company', () => {
  it('is given up where nobody comes', () => {
    const giveUp = vi.fn<() => void>();
    createAttendance(1_000).require('a', giveUp);
    vi.advanceTimersByTime(999);
    expect(giveUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('goes on while anybody is there, and for a while after the last has left', () => {
    const giveUp = vi.fn<() => void>();
    const { require, attend } = createAttendance(1_000);
    require('a', giveUp);
    const leaves = [attend('a'), attend('a')];
    vi.advanceTimersByTime(5_000);
    leaves[0]?.();
    vi.advanceTimersByTime(5_000);
    leaves[1]?.();
    vi.advanceTimersByTime(999);
    const leave = attend('a');
    vi.advanceTimersByTime(5_000);
    expect(giveUp).not.toHaveBeenCalled();
    leave();
    vi.advanceTimersByTime(1_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('is none of those that nobody said so of, nor one that was given up', () => {
    const giveUp = vi.fn<() => void>();
    const { require, attend } = createAttendance(1_000);
    attend('b')();
    require('a', giveUp);
    vi.advanceTimersByTime(1_000);
    attend('a')();
    vi.advanceTimersByTime(5_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });
});
