import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchReader } from '../../../../src/cli/output/watch-reader.ts';
import type { ReadingEnd } from '../../../../src/system/reading-end.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A watch on a reader that is as it is said to be, and how often it was looked for. */
function watched(found: ReadingEnd) {
  const seen = { found, looks: 0, gone: 0 };
  const watch = watchReader(
    async () => {
      seen.looks++;
      return seen.found;
    },
    () => void seen.gone++,
  );
  return { seen, ...watch };
}

describe('a reader', () => {
  it('that goes away is noticed within two seconds, once', async () => {
    const { seen } = watched('held');
    await vi.advanceTimersByTimeAsync(7_000);
    expect(seen).toMatchObject({ looks: 3, gone: 0 });
    seen.found = 'gone';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toMatchObject({ looks: 4, gone: 1 });
  });

  it('is not looked for while something is written', async () => {
    const { seen, wrote } = watched('gone');
    for (let second = 0; second < 10; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      wrote();
    }
    expect(seen.looks).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen).toMatchObject({ looks: 1, gone: 1 });
  });

  it('that cannot be seen is looked for less and less', async () => {
    const { seen } = watched('unknown');
    await vi.advanceTimersByTimeAsync(62_000);
    expect(seen).toMatchObject({ looks: 5, gone: 0 });
  });

  it('is nobody that is asked after any more, once that is over', async () => {
    const { seen, end } = watched('gone');
    end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toMatchObject({ looks: 0, gone: 0 });
  });
});
