import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startDeadline } from '../../../src/cli/deadline.ts';

function fakeTimers(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

describe('a deadline', () => {
  it('is called out once, when it is there', () => {
    fakeTimers();
    const onReached = vi.fn<() => void>();
    const deadline = startDeadline(1000, onReached);
    vi.advanceTimersByTime(400);
    expect(deadline.remaining()).toBe(600);
    expect(onReached).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(onReached).toHaveBeenCalledOnce();
    expect(deadline.remaining()).toBe(1);
  });

  it('counts on in silence once it has ended', () => {
    fakeTimers();
    const onReached = vi.fn<() => void>();
    const deadline = startDeadline(1000, onReached);
    deadline.end();
    vi.advanceTimersByTime(600);
    expect(deadline.remaining()).toBe(400);
    vi.advanceTimersByTime(600);
    expect(onReached).not.toHaveBeenCalled();
  });

  it('is never there without a limit', () => {
    expect(startDeadline(undefined, () => {}).remaining()).toBeUndefined();
  });
});
