import { reasonOf, SluiceError } from '../../errors.ts';
import type { KeptRun } from '../run-entry.ts';
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
  /** Default: the best there is. */
  readonly driver?: Driver;
}

/**
 * Opens the runs in a state folder, and sees to those whose processes are dead.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openDiskRuns({ folder: given, limits, onFault, driver }: DiskRunsOptions): Promise<DiskRuns> {
  const used = driver ?? (await findDriver());
  try {
    const folder = openStateFolder(given);
    const owner = await becomeOwner(folder.owners);
    const database = openHealingDatabase(used, folder.database, {
      make: makeTables,
      onMoved: (error, to) => onFault(new Error(`${reasonOf(error)}; it was moved to ${to}`, { cause: error })),
    });
    const index = createDiskIndex(database, owner.id);
    const records = createDiskRecords(folder.records);
    const interrupted = await seeToDead(folder, index, records, owner.id, onFault);
    removeStrays(index, records, limits);
    const runs = createRuns({ index, records, limits, onFault });
    return {
      runs,
      interrupted,
      async close() {
        runs.close();
        await owner.release();
      },
    };
  } catch (error) {
    throw new SluiceError('usage', `${given} cannot keep runs: ${reasonOf(error)}`, { cause: error });
  }
}

/** Tells what came of runs whose processes are dead. */
async function seeToDead(
  folder: StateFolder,
  index: DiskIndex,
  records: DiskRecords,
  own: string,
  onFault: (error: unknown) => void,
): Promise<KeptRun[]> {
  const interrupted: KeptRun[] = [];
  const others = new Set([...ownersIn(folder.owners), ...index.owners()].filter((id) => id !== own));
  for (const id of others) {
    await forDeadOwner(folder.owners, id, async () => {
      for (const run of index.unfinished(id)) {
        const change = await interruptedRun(run, records.pathOf(run.runId), onFault);
        index.change(run.runId, change);
        interrupted.push({ ...run, ...change });
      }
    });
  }
  return interrupted;
}

/** Records that no index knows of, as where one was damaged, go when their time is over. */
function removeStrays(index: DiskIndex, records: DiskRecords, { ageMs }: KeepLimits): void {
  for (const { runId, writtenAt } of records.all()) {
    if (writtenAt < Date.now() - ageMs && !index.has(runId)) records.remove(runId);
  }
}
