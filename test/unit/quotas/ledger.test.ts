import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBooked } from '../../../src/quotas/ledger.ts';
import { BOOKS, openBench } from './ledgers.ts';

const NOON = '2026-11-30T12:00:00Z';

const time = (text: string) => Date.parse(text);

describe.each(BOOKS)('a ledger in %s', (_, createBook) => {
  it('lets in what quotas leave room for, each account by itself', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    (await books('5usd/day')).settle({ usd: 4.99, tokens: 10 });
    (await books('5usd/day')).settle({ usd: 0.01, tokens: 10 });
    expect(await tries('5usd/day')).toEqual({
      quota: { amount: 5, unit: 'usd', per: 'day' },
      used: 5,
      reserved: 0,
      wanted: 0,
      resetsAt: time('2026-12-01T00:00:00Z'),
    });
    expect(await tries('100tokens/day')).toHaveProperty('settle');
    expect(await tries('5usd/day', { account: 'bob' })).toHaveProperty('settle');
  });

  it('sums dollars exactly', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    for (let times = 0; times < 10; times++) (await books('1usd/day')).settle({ usd: 0.1, tokens: 0 });
    expect(await tries('1usd/day')).toMatchObject({ used: 1 });
    expect(await tries('1.000001usd/day', { maxUsd: 0.000001 })).toHaveProperty('settle');
  });

  it('sets aside what something may cost until it ends', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    const first = await books('5usd/day', { maxUsd: 3 });
    expect(await tries('5usd/day', { maxUsd: 2.5 })).toMatchObject({
      used: 0,
      reserved: 3,
      wanted: 2.5,
      resetsAt: null,
    });
    const second = await books('5usd/day', { maxUsd: 2 });
    expect(await tries('5usd/day')).toMatchObject({ reserved: 5, resetsAt: null });
    first.settle({ usd: 1, tokens: 0 });
    first.settle({ usd: 1, tokens: 0 });
    first.release();
    second.release();
    second.settle({ usd: 5, tokens: 0 });
    await books('5usd/day', { maxUsd: 4 });
    expect(await tries('5usd/day', { maxUsd: 0.01 })).toMatchObject({ used: 1, reserved: 4, resetsAt: null });
    expect(await tries('5usd/day', { maxUsd: 4.01 })).toMatchObject({ resetsAt: time('2026-12-01T00:00:00Z') });
  });

  it('counts as used what was set aside where nobody knows what was used', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    (await books('5usd/day', { maxUsd: 3 })).settle({ usd: null, tokens: 7 });
    (await books('5usd/day')).settle({ usd: null, tokens: 7 });
    expect(await tries('3usd/day')).toMatchObject({ used: 3 });
    expect(await tries('14tokens/day')).toMatchObject({ used: 14 });
  });

  it('counts requests of any sixty seconds, and of the calendar', async () => {
    const { books, tries, setClock } = openBench(createBook(), '2026-11-30T12:00:00.000Z');
    (await books('2requests/minute')).settle({ usd: 0, tokens: 0 });
    setClock('2026-11-30T12:00:50.000Z');
    await books('2requests/minute');
    (await books('3requests/minute')).release();
    expect(await tries('2requests/minute')).toMatchObject({ used: 2, resetsAt: time('2026-11-30T12:01:00Z') });
    setClock('2026-11-30T12:01:00.000Z');
    await books('2requests/minute');
    expect(await tries('2requests/minute')).toMatchObject({ used: 2, resetsAt: time('2026-11-30T12:01:50Z') });
    expect(await tries('3requests/day')).toMatchObject({ used: 1, reserved: 2 });
  });

  it('counts what goes on at once', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    const first = await books('2runs');
    await books('2runs');
    expect(await tries('2runs')).toMatchObject({ reserved: 2, resetsAt: null });
    first.settle({ usd: 0, tokens: 0 });
    await books('2runs');
  });

  it('tells of several quotas the one that is longest in the way', async () => {
    const { books, tries } = openBench(createBook(), NOON);
    (await books('1usd/day')).settle({ usd: 9, tokens: 9 });
    expect(await tries('1requests/minute 5usd/month 9tokens/week 1usd/day')).toMatchObject({
      quota: { unit: 'tokens', per: 'week' },
      resetsAt: time('2026-12-07T00:00:00Z'),
    });
  });

  it.each([
    ['day', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'],
    ['week', '2026-12-06T23:59:59Z', '2026-12-07T00:00:00Z'],
    ['month', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
  ])('begins anew with each %s', async (per, last, next) => {
    const { books, tries, setClock } = openBench(createBook(), per === 'month' ? '2026-12-01T00:00:00Z' : NOON);
    (await books(`1usd/${per}`)).settle({ usd: 1, tokens: 0 });
    setClock(last);
    expect(await tries(`1usd/${per}`)).toMatchObject({ used: 1, resetsAt: time(next) });
    setClock(next);
    await books(`1usd/${per}`);
  });

  it('has what goes on past the end of a day be used on the day that it began on', async () => {
    const { books, tries, setClock } = openBench(createBook(), '2026-11-30T23:59:00Z');
    const late = await books('2usd/day', { maxUsd: 2 });
    setClock('2026-12-01T00:30:00Z');
    await books('2usd/day', { maxUsd: 1.5 });
    late.settle({ usd: 2, tokens: 0 });
    expect(await tries('2usd/day', { maxUsd: 1 })).toMatchObject({ used: 0, reserved: 1.5 });
    setClock('2026-11-30T23:59:30Z');
    expect(await tries('2usd/day')).toMatchObject({ used: 2 });
  });

  it('gives nothing twice to a clock that jumps, and keeps nobody out for longer than a period', async () => {
    const { books, tries, setClock } = openBench(createBook(), NOON);
    (await books('1usd/day')).settle({ usd: 1, tokens: 0 });
    setClock('2026-12-01T12:00:00Z');
    (await books('1usd/day')).settle({ usd: 1, tokens: 0 });
    setClock(NOON);
    expect(await tries('1usd/day')).toMatchObject({ used: 1, resetsAt: time('2026-12-01T00:00:00Z') });
    expect(await tries('3usd/month 1requests/minute')).toMatchObject({ resetsAt: time('2026-11-30T12:01:00Z') });
    setClock('2036-01-01T00:00:00Z');
    for (let times = 0; times < 5; times++) await books('60requests/minute');
    setClock('2026-12-01T12:30:00Z');
    expect(await tries('1usd/day')).toMatchObject({ used: 1 });
    await books('1requests/minute 1usd/week', { account: 'bob' });
    setClock('2026-12-02T12:30:00Z');
    await books('1requests/minute 1usd/day');
  });

  it('never has more set aside and used than a quota, whatever comes and ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ maxUsd: fc.integer({ min: 1, max: 40 }), ends: fc.integer({ min: 0, max: 3 }) }), {
          maxLength: 30,
        }),
        async (steps) => {
          const { tries } = openBench(createBook(), NOON);
          const open: { readonly maxUsd: number; settle(used: { usd: number; tokens: number }): void }[] = [];
          let total = 0;
          for (const { maxUsd, ends } of steps) {
            const result = await tries('100usd/day', { maxUsd: maxUsd / 10 });
            const aside = open.reduce((sum, one) => sum + one.maxUsd, 0);
            expect(isBooked(result)).toBe(total + aside + maxUsd <= 1_000 && total + aside < 1_000);
            if (isBooked(result)) open.push({ maxUsd, settle: result.settle });
            for (const one of open.splice(0, ends)) {
              one.settle({ usd: one.maxUsd / 20, tokens: 0 });
              total += one.maxUsd / 2;
            }
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a ledger whose book fails', () => {
  it('writes down later what it could not', async () => {
    const book = BOOKS[0]?.[1]();
    if (book === undefined) throw new Error('there is no book');
    let isLocked = false;
    const faults: unknown[] = [];
    const failing = {
      ...book,
      settle(...given: Parameters<typeof book.settle>) {
        if (isLocked) throw new Error('database is locked');
        book.settle(...given);
      },
    };
    const { books, tries } = openBench(failing, NOON, { onFault: (error) => void faults.push(error) });
    const booking = await books('1usd/day');
    isLocked = true;
    booking.settle({ usd: 1, tokens: 0 });
    expect(faults).toHaveLength(1);
    isLocked = false;
    expect(await tries('1usd/day')).toMatchObject({ used: 1 });
  });

  it('waits for others who have it locked, but not for ever', async () => {
    const book = BOOKS[0]?.[1]();
    if (book === undefined) throw new Error('there is no book');
    let locked = 2;
    const busy = {
      ...book,
      together<Result>(act: () => Result): Result {
        if (locked-- > 0) throw new Error('database is locked');
        return book.together(act);
      },
    };
    const { books, tries } = openBench(busy, NOON);
    await books('1requests/day');
    locked = Number.POSITIVE_INFINITY;
    await expect(tries('1requests/day')).rejects.toThrow('database is locked');
  });
});
