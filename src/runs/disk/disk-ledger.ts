import { reasonOf, SluiceError } from '../../errors.ts';
import { type Driver, findDriver } from './database.ts';
import { openHealingDatabase } from './healing-database.ts';
import { becomeOwner, forDeadOwner } from './owner.ts';
import { openStateFolder } from './state-folder.ts';
import type { SharedBook } from '../../quotas/book.ts';
import { createCalendar } from '../../quotas/calendar.ts';
import { createDiskBook, makeBookTables } from './disk-book.ts';
import { createLedger, type Ledger } from '../../quotas/ledger.ts';

export interface SharedLedgerOptions {
  readonly book: SharedBook;
  /** The folder of the book's owners. */
  readonly owners: string;
  /** Default: that of this machine. */
  readonly timeZone?: string | undefined;
  /** Told what could not be written down yet. */
  readonly onFault: (error: unknown) => void;
}

/** A ledger that other processes share: what those had set aside who died is given back. */
export function sharedLedger({ book, owners, timeZone, onFault }: SharedLedgerOptions): Ledger {
  return createLedger({
    book,
    calendar: createCalendar(timeZone),
    onFault,
    async releaseDead() {
      for (const id of book.others()) await forDeadOwner(owners, id, async () => book.abandon(id));
    },
  });
}

/** A ledger alone, for those who keep no runs. */
export interface DiskLedger {
  readonly ledger: Ledger;
  /** To be called when all that was booked has ended. */
  close(): Promise<void>;
}

export interface DiskLedgerOptions extends Pick<SharedLedgerOptions, 'timeZone' | 'onFault'> {
  /** A state folder, made where it is missing. Other processes may use it, too. */
  readonly folder: string;
  /** Default: the best there is. */
  readonly driver?: Driver;
}

/**
 * Opens the ledger in a state folder.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openDiskLedger({ folder: given, driver, ...options }: DiskLedgerOptions): Promise<DiskLedger> {
  const used = driver ?? (await findDriver());
  try {
    const folder = openStateFolder(given);
    const owner = await becomeOwner(folder.owners);
    const database = openHealingDatabase(used, folder.database, {
      make: makeBookTables,
      onMoved: (error, to) => options.onFault(new Error(`${reasonOf(error)}; it was moved to ${to}`, { cause: error })),
    });
    const ledger = sharedLedger({ ...options, book: createDiskBook(database, owner.id), owners: folder.owners });
    return {
      ledger,
      async close() {
        ledger.catchUp();
        database.close();
        await owner.release();
      },
    };
  } catch (error) {
    throw new SluiceError('usage', `${given} cannot keep accounts: ${reasonOf(error)}`, { cause: error });
  }
}
