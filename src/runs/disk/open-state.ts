import { reasonOf, SluiceError } from '../../errors.ts';
import type { SharedBook } from '../../quotas/book.ts';
import type { Orphan } from '../orphan.ts';
import { type Database, type Driver, findDriver } from './database.ts';
import { createDiskBook } from './disk-book.ts';
import { createDiskIndex, type DiskIndex, type Face } from './disk-index.ts';
import { becomeOwner, type Owner } from './owner.ts';
import { recordFilesIn } from './record-files.ts';
import { openRunsDatabase } from './runs-database.ts';
import { openStateFolder, type StateFolder } from './state-folder.ts';

/** How a state folder is opened. */
export interface StateOptions {
  /** Made where it is missing. Other processes may use it, too. */
  readonly folder: string;
  /** Told what could not be kept, or read. */
  readonly onFault: (error: unknown) => void;
  /** Default: the best there is. */
  readonly driver?: Driver;
}

/** A state folder that is open. */
export interface State {
  readonly folder: StateFolder;
  readonly database: Database;
  readonly owner: Owner;
  readonly index: DiskIndex;
  readonly book: SharedBook;
  /** Tells what came of runs of the index's face whose processes are dead, and what they used. */
  seeToDead(onOrphan?: (orphan: Orphan) => void): Promise<void>;
}

/** Who only looks owns nothing. */
const NOBODY: Owner = { id: '', release: () => Promise.resolve() };

/**
 * Opens a state folder, and what is to be in it.
 * @param as whose runs the index has, whether runs are to be added, and what it is that fails when something does
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openState<Opened>(
  { folder: given, onFault, driver }: StateOptions,
  as: { readonly face: Face; readonly adds: boolean; readonly failure: string },
  open: (state: State) => Opened | Promise<Opened>,
): Promise<Opened> {
  const used = driver ?? (await findDriver());
  const undo: (() => unknown)[] = [];
  try {
    const folder = openStateFolder(given);
    const owner = as.adds ? await becomeOwner(folder.owners) : NOBODY;
    undo.push(() => owner.release());
    const database = openRunsDatabase(used, folder.database, onFault);
    undo.unshift(() => database.close());
    const index = createDiskIndex(database, owner.id, as.face);
    const book = createDiskBook(database, owner.id);
    const records = recordFilesIn(folder.records);
    return await open({
      folder,
      database,
      owner,
      index,
      book,
      async seeToDead(onOrphan = () => {}) {
        // That reads records, and a list is there at once without it.
        const { seeToDead } = await import('./see-to-dead.ts');
        await seeToDead({ folder, index, book, records, own: owner.id, onFault, onOrphan });
      },
    });
  } catch (error) {
    for (const step of undo) {
      try {
        await step();
      } catch (fault) {
        onFault(fault);
      }
    }
    throw new SluiceError('usage', `${given} ${as.failure}: ${reasonOf(error)}`, { cause: error });
  }
}
