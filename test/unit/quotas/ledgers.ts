import { join } from 'node:path';
import { parseQuota } from '../../../src/quotas/quota.ts';
import { openDatabase } from '../../../src/runs/disk/database.ts';
import type { Book } from '../../../src/quotas/book.ts';
import { createCalendar } from '../../../src/quotas/calendar.ts';
import { createDiskBook, makeBookTables } from '../../../src/runs/disk/disk-book.ts';
import { type Booking, createLedger, isBooked, type Ledger, type LedgerInput } from '../../../src/quotas/ledger.ts';
import { createMemoryBook } from '../../../src/quotas/memory-book.ts';
import type { Exceeded } from '../../../src/quotas/exceeded.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { DRIVERS } from '../runs/indexes.ts';

/** Every kind of book, by name. */
export const BOOKS: readonly (readonly [string, () => Book])[] = [
  ['memory', createMemoryBook],
  ...DRIVERS.map((driver) => [driver.name, () => diskBook(driver)] as const),
];

function diskBook(driver: (typeof DRIVERS)[number]): Book {
  const database = openDatabase(driver, join(temporaryFolder(), 'index.db'));
  makeBookTables(database);
  return createDiskBook(database, 'owner');
}

/** A ledger whose clock stands until it is set. */
export interface Bench {
  readonly ledger: Ledger;
  setClock(time: string): void;
  /** Books on Alice's account, unless another is named. */
  tries(quotas: string, wanted?: { readonly maxUsd?: number; readonly account?: string }): Promise<Booking | Exceeded>;
  /** The same of what has to be let in. */
  books(quotas: string, wanted?: { readonly maxUsd?: number; readonly account?: string }): Promise<Booking>;
}

export function openBench(
  book: Book,
  start: string,
  { timeZone = 'UTC', ...input }: Partial<LedgerInput> & { readonly timeZone?: string } = {},
): Bench {
  let now = Date.parse(start);
  let ids = 0;
  const ledger = createLedger({
    book,
    calendar: createCalendar(timeZone),
    onFault(error) {
      throw error;
    },
    now: () => now,
    ...input,
  });
  const tries: Bench['tries'] = (quotas, { account = 'alice', ...wanted } = {}) =>
    ledger.book({ id: `${++ids}`, account, quotas: quotas.split(' ').map(parseQuota), ...wanted });
  return {
    ledger,
    setClock: (time) => {
      now = Date.parse(time);
    },
    tries,
    async books(quotas, wanted) {
      const result = await tries(quotas, wanted);
      if (!isBooked(result)) throw new Error(`not booked: ${JSON.stringify(result)}`);
      return result;
    },
  };
}
