import type { AnyRuns } from '../../runs/any-runs.ts';
import { messageOf, SluiceError } from '../../errors.ts';
import type { Orphan } from '../../runs/orphan.ts';
import type { Ledger } from '../../quotas/ledger.ts';
import { KEPT_ON_DISK, type KeepLimits } from '../../runs/run-index.ts';
import type { ApprovalBoard } from '../../runs/redis/approval-board.ts';
import type { Log } from '../../servers/log.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import { stateHome } from './state-home.ts';

/** Where a server's runs are. */
export interface OpenedRuns {
  readonly runs: AnyRuns;
  /** What its callers use. */
  readonly ledger: Ledger;
  /** Has somebody told of the runs of servers that are dead, and that die. */
  onOrphan(listener: (orphan: Orphan) => void): void;
  /** Where other replicas see what is asked about calls of tools; absent: there are none. */
  readonly board?: ApprovalBoard;
  /** Whether they can be looked up now; absent: always. */
  readonly isConnected?: () => boolean;
  /** Gives what is left to write a moment, and has nobody wait any longer; absent: nothing has to be waited for. */
  readonly settle?: () => Promise<void>;
  /** To be called when every run has ended. */
  close(): Promise<void>;
}

const IN_MEMORY: KeepLimits = { runs: 100, bytes: 64 * 1024 * 1024, ageMs: 60 * 60_000 };

/** Milliseconds between two lines about one fault. */
const FAULT_MS = 60_000;

/**
 * Opens the runs that a server keeps: on disk where nothing else is said and they can be, else in memory.
 * @param option what errors call the option that names the folder
 * @throws SluiceError `usage` when they can't be where they are to be
 */
export async function openRuns(
  { state, keep, quotas }: Pick<ServerSettings, 'state' | 'keep' | 'quotas'>,
  env: Readonly<Record<string, string | undefined>>,
  option: string,
  log: Log,
): Promise<OpenedRuns> {
  const folder = state ?? stateHome(env);
  if (folder !== false) {
    const { openDiskRuns } = await import('../../runs/disk/disk-runs.ts');
    const limits = limitsOf(keep, KEPT_ON_DISK);
    const tell = seldom(FAULT_MS, (fault) => log.error(`${option}: ${fault}`));
    const onFault = (error: unknown): void => tell(messageOf(error));
    try {
      return await openDiskRuns({ folder, limits, timeZone: quotas.timeZone, onFault });
    } catch (error) {
      if (state !== undefined) throw new SluiceError('usage', `${option}: ${messageOf(error)}`, { cause: error });
      log.warn(`runs are kept in memory alone: ${messageOf(error)}`);
    }
  }
  if (quotas.each.length > 0)
    log.warn('what callers use is counted in memory alone: quotas begin anew with each start');
  const [{ createMemoryRuns }, { createMemoryLedger }] = await Promise.all([
    import('../../runs/memory/memory-runs.ts'),
    import('../../quotas/memory-ledger.ts'),
  ]);
  return {
    runs: createMemoryRuns(limitsOf(keep, IN_MEMORY)),
    ledger: createMemoryLedger(quotas.timeZone),
    onOrphan() {},
    close: () => Promise.resolve(),
  };
}

/** How much is kept: what settings say, and otherwise what is usual. */
export function limitsOf({ runs, bytes, ageMs }: ServerSettings['keep'], usual: KeepLimits): KeepLimits {
  return { runs: runs ?? usual.runs, bytes: bytes ?? usual.bytes, ageMs: ageMs ?? usual.ageMs };
}

/** Tells the same thing no more often than that. */
export function seldom(ms: number, tell: (what: string) => void): (what: string) => void {
  const told = new Map<string, number>();
  return (what) => {
    const now = performance.now();
    for (const [known, at] of told) if (now - at > ms) told.delete(known);
    if (told.has(what)) return;
    told.set(what, now);
    tell(what);
  };
}
