import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startDeadline } from '../../../src/cli/deadline.ts';

function fakeTimers(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

describe('a deadline', () => {
  it('is called out when it is there', () => {
    fakeTimers();
    const deadline = startDeadline(1000);
    vi.advanceTimersByTime(400);
    expect(deadline.remaining()).toBe(600);
    expect(deadline.signal.aborted).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(deadline.signal.reason).toBe('timeout');
    expect(deadline.remaining()).toBe(1);
  });

  it('is not called out any more once it has ended', () => {
    fakeTimers();
    const deadline = startDeadline(1000);
    deadline.end();
    vi.advanceTimersByTime(2000);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('is never there without a limit', () => {
    expect(startDeadline(undefined).remaining()).toBeUndefined();
  });
});
