import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchResources } from '../../../src/claude/resource-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('knows what was seen last, and looks often only near the end', () => {
  let looks = 0;
  const watch = watchResources(() => (looks < 100 ? { cpuMs: ++looks, peakBytes: looks } : null));
  expect(watch.seen()).toBeNull();
  vi.advanceTimersByTime(3_000);
  expect(watch.seen()).toEqual({ cpuMs: 3, peakBytes: 3 });
  watch.hasten();
  vi.advanceTimersByTime(1_000);
  expect(watch.seen()).toEqual({ cpuMs: 100, peakBytes: 100 });
  watch.end();
  watch.hasten();
  expect(vi.getTimerCount()).toBe(0);
});
