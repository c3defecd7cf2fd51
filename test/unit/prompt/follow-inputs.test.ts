import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followInputs } from '../../../src/prompt/follow-inputs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('followInputs', () => {
  it('says what is read, how far, and how long it has been silent', async () => {
    const inputs = followInputs(() => {});
    expect(inputs.describe()).toBeNull();
    const stdin = inputs.begin('stdin');
    expect(inputs.describe()).toBe('waiting for stdin');
    await vi.advanceTimersByTimeAsync(5_400);
    expect(inputs.describe()).toBe('waiting for stdin · silent for 5 s');
    for (const [size, text] of [
      [999, '999 bytes'],
      [1_000, '1.0 kB'],
      [12_300, '12 kB'],
      [999_499, '999 kB'],
      [999_500, '1.0 MB'],
      [10_485_760, '10 MB'],
    ] as const) {
      stdin.progress(size);
      expect(inputs.describe()).toBe(`reading stdin, ${text}`);
    }
    await vi.advanceTimersByTimeAsync(75_000);
    expect(inputs.describe()).toBe('reading stdin, 10 MB · silent for 1 m 15 s');
    stdin.end();
    expect(inputs.describe()).toBeNull();
  });

  it('says the first of several that are not there yet', () => {
    const inputs = followInputs(() => {});
    const one = inputs.begin('one');
    inputs.begin('two');
    expect(inputs.describe()).toBe('waiting for one');
    one.end();
    expect(inputs.describe()).toBe('waiting for two');
  });

  it('tells every long silence once', async () => {
    const told: string[] = [];
    const stdin = followInputs((text) => void told.push(text)).begin('stdin');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(told).toEqual(['waiting for stdin, which is silent so far']);
    for (const size of [1_200, 2_400]) {
      stdin.progress(size);
      await vi.advanceTimersByTimeAsync(100_000);
    }
    expect(told.slice(1)).toEqual([
      'waiting for more of stdin, which has been silent after 1.2 kB',
      'waiting for more of stdin, which has been silent after 2.4 kB',
    ]);
    stdin.progress(3_600);
    stdin.end();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(told).toHaveLength(3);
  });
});
