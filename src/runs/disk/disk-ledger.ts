import { forDeadOwner } from './owner.ts';
import { openState, type StateOptions } from './open-state.ts';
import type { SharedBook } from '../../quotas/book.ts';
import { createCalendar } from '../../quotas/calendar.ts';
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

/**
 * Opens the ledger in a state folder.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openDiskLedger(
  options: StateOptions & Pick<SharedLedgerOptions, 'timeZone'>,
): Promise<DiskLedger> {
  const { timeZone, onFault } = options;
  const as = { face: 'cli', adds: true, failure: 'cannot keep accounts' } as const;
  return openState(options, as, ({ folder, database, owner, book }) => {
    const ledger = sharedLedger({ book, owners: folder.owners, timeZone, onFault });
    return {
      ledger,
      async close() {
        ledger.catchUp();
        database.close();
        await owner.release();
      },
    };
  });
}
