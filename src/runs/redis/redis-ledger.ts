import type { Redis } from 'ioredis';
import * as z from 'zod';
import type { Used } from '../../quotas/book.ts';
import { type Calendar, shifted } from '../../quotas/calendar.ts';
import { type Exceeded, exceededBy } from '../../quotas/exceeded.ts';
import type { Booking, Ledger } from '../../quotas/ledger.ts';
import { type Accounts, createMemoryBook, type MemoryBook } from '../../quotas/memory-book.ts';
import type { Keys } from './keys.ts';

/** A ledger that replicas share. */
export interface RedisLedger extends Ledger {
  /** Settles a booking of a replica that is dead. */
  settle(account: string, id: string, used: Used): Promise<void>;
  /** How many changes are not written yet. */
  unwritten(): number;
}

export interface RedisLedgerInput {
  readonly redis: Redis;
  readonly keys: Pick<Keys, 'account'>;
  readonly calendar: Calendar;
  /** Asks Redis for a request that waits; rejects soon where that can't be done. */
  readonly soon: <Result>(ask: () => Promise<Result>) => Promise<Result>;
  /** Repeats an action on Redis until it succeeds. */
  readonly insist: <Result>(act: () => Promise<Result>) => Promise<Result>;
  readonly onFault: (error: unknown) => void;
}

/** Days that are kept: a month, and another one for clocks that are wrong. */
const DAYS = 62;
const KEPT_MS = DAYS * 24 * 3_600_000;
const MINUTE = 60_000;

/** Compare and set. Keys: account. Arguments: what it was, what it is to be, milliseconds that it is kept. */
const REPLACE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

/**
 * A ledger with one key for each account. A change is written only if no other replica has written meanwhile, and is made anew
 * otherwise: so no two replicas let in what there is room for only once.
 */
export function createRedisLedger(input: RedisLedgerInput): RedisLedger {
  const { redis, keys, calendar, soon, insist, onFault } = input;
  let unwritten = 0;

  async function change<Result>(account: string, act: (book: MemoryBook) => Result): Promise<Result> {
    const key = keys.account(account);
    for (;;) {
      const before = (await redis.get(key)) ?? '';
      const book = createMemoryBook(accountsIn(before));
      const result = act(book);
      const after = JSON.stringify(book.content());
      if (after === before || (await redis.eval(REPLACE, 1, key, before, after, KEPT_MS)) === 1) return result;
    }
  }

  function later(act: () => Promise<unknown>): void {
    unwritten++;
    insist(act)
      .catch(onFault)
      .finally(() => unwritten--);
  }

  const settle = (account: string, id: string, used: Used): Promise<void> =>
    change(account, (book) => book.settle(id, used));

  function bookingOf(account: string, id: string): Booking {
    let isOver = false;
    function end(act: () => Promise<unknown>): void {
      if (isOver) return;
      isOver = true;
      later(act);
    }
    return {
      settle: (used) => end(() => settle(account, id, used)),
      release: () => end(() => change(account, (book) => book.remove(id))),
    };
  }

  return {
    calendar,
    async book({ id, account, quotas, maxUsd = 0 }) {
      const at = Date.now();
      const entry = { id, account, at, day: calendar.dayOf(at), reserved: { requests: 1, usd: maxUsd, tokens: 0 } };
      const add = (book: MemoryBook): readonly Exceeded[] => {
        book.forget(at - MINUTE, at + MINUTE, shifted(entry.day, -DAYS));
        // It may have been booked by a try whose answer was lost.
        book.remove(id);
        const exceeded = exceededBy(entry, quotas, book, calendar);
        if (exceeded.length === 0) book.add(entry);
        return exceeded;
      };
      const booking = bookingOf(account, id);
      try {
        return (await soon(() => change(account, add)))[0] ?? booking;
      } catch (error) {
        booking.release();
        throw error;
      }
    },
    catchUp() {},
    settle,
    unwritten: () => unwritten,
  };
}

const amounts = z.object({ requests: z.number(), usd: z.number(), tokens: z.number() });

const accountsSchema = z.object({
  open: z.array(z.object({ id: z.string(), account: z.string(), at: z.number(), day: z.string(), reserved: amounts })),
  begun: z.array(z.object({ account: z.string(), at: z.number() })),
  used: z.array(z.tuple([z.string(), z.string(), amounts])),
});

/** @throws an Error for what is no account: where it can't be read, nobody is let in */
function accountsIn(text: string): Accounts {
  return text === '' ? { open: [], begun: [], used: [] } : accountsSchema.parse(JSON.parse(text));
}
