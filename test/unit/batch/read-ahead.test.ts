import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../src/batch/read-ahead.ts';

const never = new AbortController().signal;

async function* numbers(count: number, read: (value: number) => void = () => {}) {
  for (let value = 1; value <= count; value++) {
    read(value);
    yield value;
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('what is read ahead', () => {
  it('is so much and no more, and what is to come is known once all is read', async () => {
    const read: number[] = [];
    const ahead = readAhead(
      numbers(4, (value) => read.push(value)),
      2,
      never,
    );
    await settled();
    expect(read).toEqual([]);
    expect(await ahead.next()).toBe(1);
    await settled();
    expect([read, ahead.coming()]).toEqual([[1, 2, 3], Number.POSITIVE_INFINITY]);
    expect([await ahead.next(), await ahead.next()]).toEqual([2, 3]);
    await settled();
    expect(ahead.coming()).toBe(1);
    expect([await ahead.next(), await ahead.next()]).toEqual([4, null]);
  });

  it('comes before what went wrong behind it', async () => {
    async function* torn() {
      yield* numbers(2);
      throw new Error('torn');
    }
    const ahead = readAhead(torn(), 9, never);
    expect([await ahead.next(), await ahead.next()]).toEqual([1, 2]);
    await expect(ahead.next()).rejects.toThrow('torn');
  });

  it('ends at once when all is over, though the source says nothing', async () => {
    async function* silent() {
      yield 1;
      await new Promise(() => {});
    }
    const over = new AbortController();
    const ahead = readAhead(silent(), 9, over.signal);
    expect(await ahead.next()).toBe(1);
    const waiting = ahead.next();
    over.abort();
    expect([await waiting, ahead.coming()]).toEqual([null, 0]);
    ahead.close();
  });
});
