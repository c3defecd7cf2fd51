import { reasonOf, SluiceError } from '../../errors.ts';
import type { KeptRun, RunChange } from '../run-entry.ts';
import type { SharedBook, Used } from '../ledger/book.ts';
import { createDiskBook, makeBookTables } from '../ledger/disk-book.ts';
import { sharedLedger } from '../ledger/disk-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { usedBy } from '../ledger/used-by.ts';
import type { KeepLimits } from '../run-index.ts';
import { createRuns, type Runs } from '../runs.ts';
import { type Driver, findDriver } from './database.ts';
import { createDiskIndex, type DiskIndex, makeTables } from './disk-index.ts';
import { createDiskRecords, type DiskRecords } from './disk-records.ts';
import { openHealingDatabase } from './healing-database.ts';
import { interruptedRun } from './interrupted-run.ts';
import { becomeOwner, forDeadOwner, ownersIn } from './owner.ts';
import { openStateFolder, type StateFolder } from './state-folder.ts';

/** Runs that outlive this process. */
export interface DiskRuns {
  readonly runs: Runs;
  /** What is used by whom, in the same database. */
  readonly ledger: Ledger;
  /** Those that were under way when their process died, as they are told of now. */
  readonly interrupted: readonly KeptRun[];
  /** To be called when every run of this process has ended. */
  close(): Promise<void>;
}

export interface DiskRunsOptions {
  /** Made where it is missing. Other processes may use it, too. */
  readonly folder: string;
  readonly limits: KeepLimits;
  /** Told what could not be kept, or read. */
  readonly onFault: (error: unknown) => void;
  /** Where the days, weeks and months of the ledger are; default: on this machine. */
  readonly timeZone?: string | undefined;
  /** Default: the best there is. */
  readonly driver?: Driver;
}

/**
 * Opens the runs in a state folder, and sees to those whose processes are dead.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openDiskRuns(options: DiskRunsOptions): Promise<DiskRuns> {
  const { folder: given, limits, onFault, timeZone, driver } = options;
  const used = driver ?? (await findDriver());
  try {
    const folder = openStateFolder(given);
    const owner = await becomeOwner(folder.owners);
    const database = openHealingDatabase(used, folder.database, {
      make(database) {
        makeTables(database);
        makeBookTables(database);
      },
      onMoved: (error, to) => onFault(new Error(`${reasonOf(error)}; it was moved to ${to}`, { cause: error })),
    });
    const index = createDiskIndex(database, owner.id);
    const book = createDiskBook(database, owner.id);
    const records = createDiskRecords(folder.records);
    const interrupted = await seeToDead({ folder, index, book, records, own: owner.id, onFault });
    removeStrays(index, records, limits);
    const runs = createRuns({ index, records, limits, onFault });
    const ledger = sharedLedger({ book, owners: folder.owners, timeZone, onFault });
    return {
      runs,
      ledger,
      interrupted,
      async close() {
        ledger.catchUp();
        runs.close();
        await owner.release();
      },
    };
  } catch (error) {
    throw new SluiceError('usage', `${given} cannot keep runs: ${reasonOf(error)}`, { cause: error });
  }
}

interface Estate {
  readonly folder: StateFolder;
  readonly index: DiskIndex;
  readonly book: SharedBook;
  readonly records: DiskRecords;
  readonly own: string;
  readonly onFault: (error: unknown) => void;
}

/** Tells what came of runs whose processes are dead, and what they used. */
async function seeToDead({ folder, index, book, records, own, onFault }: Estate): Promise<KeptRun[]> {
  const interrupted: KeptRun[] = [];
  const others = new Set([...ownersIn(folder.owners), ...index.owners(), ...book.others()].filter((id) => id !== own));
  for (const id of others) {
    await forDeadOwner(folder.owners, id, async () => {
      for (const run of index.unfinished(id)) {
        const change = await interruptedRun(run, records.pathOf(run.runId), onFault);
        book.together(() => {
          index.change(run.runId, change);
          book.settle(run.runId, usedByDead(change));
        });
        interrupted.push({ ...run, ...change });
      }
      book.abandon(id);
    });
  }
  return interrupted;
}

/** What is not known of it is on nobody: that its process died was not its caller's doing. */
function usedByDead({ report }: RunChange): Used {
  if (!report) return { usd: 0, tokens: 0 };
  const { usd, tokens } = usedBy(report);
  return { usd: usd ?? 0, tokens };
}

/** Records that no index knows of, as where one was damaged, go when their time is over. */
function removeStrays(index: DiskIndex, records: DiskRecords, { ageMs }: KeepLimits): void {
  for (const { runId, writtenAt } of records.all()) {
    if (writtenAt < Date.now() - ageMs && !index.has(runId)) records.remove(runId);
  }
}
