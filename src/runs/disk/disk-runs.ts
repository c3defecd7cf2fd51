import { setTimeout as sleep } from 'node:timers/promises';
import { sharedLedger } from './disk-ledger.ts';
import type { Ledger } from '../../quotas/ledger.ts';
import type { Orphan } from '../orphan.ts';
import type { KeepLimits } from '../run-index.ts';
import { createRuns, type Runs } from '../runs.ts';
import { createDiskRecords } from './disk-records.ts';
import { removeStrays } from './remove-strays.ts';
import { openState, type StateOptions } from './open-state.ts';

/** Runs that outlive this process. */
export interface DiskRuns {
  readonly runs: Runs;
  /** What is used by whom, in the same database. */
  readonly ledger: Ledger;
  /** Calls back with each run of a process that died: those found already, and those found from now on. To be called once. */
  onOrphan(listener: (orphan: Orphan) => void): void;
  /** To be called when every run of this process has ended. */
  close(): Promise<void>;
}

export interface DiskRunsOptions extends StateOptions {
  readonly limits: KeepLimits;
  /** Where the days, weeks and months of the ledger are; default: on this machine. */
  readonly timeZone?: string | undefined;
  /** Milliseconds between two looks for dead processes. */
  readonly lookMs?: number;
}

const LOOK_MS = 5_000;

/**
 * Opens the runs in a state folder, and sees to those whose processes are dead, or die.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openDiskRuns(options: DiskRunsOptions): Promise<DiskRuns> {
  const { limits, onFault, timeZone, lookMs = LOOK_MS } = options;
  const as = { face: 'server', adds: true, failure: 'cannot keep runs' } as const;
  return openState(options, as, async ({ folder, owner, index, book, seeToDead }) => {
    const records = createDiskRecords(folder.records, onFault);
    const found: Orphan[] = [];
    let tell = (orphan: Orphan): void => void found.push(orphan);
    const look = (): Promise<void> => seeToDead((orphan) => tell(orphan));
    await look();
    removeStrays(index, records, limits);
    const looking = again(() => look().catch(onFault), lookMs);
    const runs = createRuns({ index, records, limits, onFault });
    const ledger = sharedLedger({ book, owners: folder.owners, timeZone, onFault });
    return {
      runs,
      ledger,
      onOrphan(listener) {
        tell = listener;
        for (const orphan of found.splice(0)) listener(orphan);
      },
      async close() {
        await looking.end();
        ledger.catchUp();
        runs.close();
        // Whoever comes next takes it for dead, which it is then.
        await owner.release().catch(onFault);
      },
    };
  });
}

/** Does something again and again, so long after the last time; it keeps no process alive. */
function again(act: () => Promise<void>, ms: number): { readonly end: () => Promise<void> } {
  const over = new AbortController();
  async function turn(): Promise<void> {
    for (;;) {
      const ended = await sleep(ms, true, { ref: false, signal: over.signal }).catch(() => false);
      if (!ended) return;
      await act();
    }
  }
  const turning = turn();
  return {
    end() {
      over.abort();
      return turning;
    },
  };
}
