import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutcomeClass } from '../../../src/outcome/classes.ts';
import { watchLogin } from '../../../src/servers/login.ts';
import { probeLogin } from '../../../src/servers/probe-login.ts';

const INTERVAL = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Probes that end as they are told, until the test stops them. */
function probes(...outcomes: readonly (OutcomeClass | Error)[]) {
  const stop = new AbortController();
  const watch = watchLogin();
  const faults: unknown[] = [];
  let asked = 0;
  const over = probeLogin(
    {
      async ask() {
        const outcome = outcomes[Math.min(asked++, outcomes.length - 1)] ?? 'success';
        if (outcome instanceof Error) throw outcome;
        return { class: outcome, message: outcome };
      },
      intervalMs: INTERVAL,
      watch,
      onFault: (fault) => void faults.push(fault),
    },
    stop.signal,
  );
  const end = async (): Promise<void> => {
    stop.abort();
    await over;
  };
  return { watch, faults, asked: () => asked, end };
}

describe('probing', () => {
  it('asks at once, and again after each interval', async () => {
    const { watch, asked, end } = probes('auth', 'auth', 'success');
    await vi.advanceTimersByTimeAsync(0);
    expect([asked(), watch.login().state]).toEqual([1, 'failed']);
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect([asked(), watch.login().state]).toEqual([2, 'failed']);
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect([asked(), watch.login().state]).toEqual([3, 'ok']);
    await end();
    await vi.advanceTimersByTimeAsync(10 * INTERVAL);
    expect(asked()).toBe(3);
  });

  it('spares what queries show anyway', async () => {
    const { watch, asked, end } = probes();
    for (let times = 0; times < 6; times++) {
      await vi.advanceTimersByTimeAsync(INTERVAL / 2);
      watch.saw({ class: 'success', message: 'done' });
    }
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(INTERVAL + 1);
    expect(asked()).toBe(2);
    watch.saw({ class: 'billing', message: 'no credit left' });
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect([asked(), watch.login().state]).toEqual([3, 'ok']);
    await end();
  });

  it('goes on where claude cannot be asked, and when the clock is set back', async () => {
    const { watch, faults, asked, end } = probes(new Error('no claude'), 'network', 'success');
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect([faults.length, asked(), watch.login().state]).toEqual([1, 2, 'unknown']);
    await vi.advanceTimersByTimeAsync(INTERVAL);
    vi.setSystemTime(Date.now() - 1_000 * INTERVAL);
    const before = asked();
    await vi.advanceTimersByTimeAsync(INTERVAL);
    vi.setSystemTime(Date.now() + 1_001 * INTERVAL);
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect(asked()).toBe(before + 1);
    await end();
  });
});
