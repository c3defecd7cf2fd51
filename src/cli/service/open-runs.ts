import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf, SluiceError } from '../../errors.ts';
import type { Orphan } from '../../runs/disk/disk-runs.ts';
import type { KeepLimits } from '../../runs/run-index.ts';
import type { Runs } from '../../runs/runs.ts';
import type { Log } from '../../servers/log.ts';
import type { ServerSettings } from '../settings/server-settings.ts';

/** Where a server's runs are. */
export interface OpenedRuns {
  readonly runs: Runs;
  /** Has somebody told of the runs of servers that are dead, and that die. */
  onOrphan(listener: (orphan: Orphan) => void): void;
  /** To be called when every run has ended. */
  close(): Promise<void>;
}

const ON_DISK: KeepLimits = { runs: 1_000, bytes: 256 * 1024 * 1024, ageMs: 7 * 24 * 60 * 60_000 };
const IN_MEMORY: KeepLimits = { runs: 100, bytes: 64 * 1024 * 1024, ageMs: 60 * 60_000 };

/** Milliseconds between two lines about one fault. */
const FAULT_MS = 60_000;

/**
 * Opens the runs that a server keeps: on disk where nothing else is said and they can be, else in memory.
 * @param option what errors call the option that names the folder
 * @throws SluiceError `usage` when they can't be where they are to be
 */
export async function openRuns(
  { state, keep }: Pick<ServerSettings, 'state' | 'keep'>,
  env: Readonly<Record<string, string | undefined>>,
  option: string,
  log: Log,
): Promise<OpenedRuns> {
  const folder = state ?? stateHome(env);
  if (folder !== false) {
    const { openDiskRuns } = await import('../../runs/disk/disk-runs.ts');
    const limits = limitsOf(keep, ON_DISK);
    const onFault = seldom(FAULT_MS, (fault) => log.error(`${option}: ${fault}`));
    try {
      return await openDiskRuns({ folder, limits, onFault: (error) => onFault(messageOf(error)) });
    } catch (error) {
      if (state !== undefined) throw new SluiceError('usage', `${option}: ${messageOf(error)}`, { cause: error });
      log.warn(`runs are kept in memory alone: ${messageOf(error)}`);
    }
  }
  const { createMemoryRuns } = await import('../../runs/memory/memory-runs.ts');
  return { runs: createMemoryRuns(limitsOf(keep, IN_MEMORY)), onOrphan() {}, close: () => Promise.resolve() };
}

/** False for a user who has no home. */
function stateHome(env: Readonly<Record<string, string | undefined>>): string | false {
  if (env['XDG_STATE_HOME']) return join(env['XDG_STATE_HOME'], 'sluice');
  try {
    return join(env['HOME'] || homedir(), '.local', 'state', 'sluice');
  } catch {
    return false;
  }
}

function limitsOf({ runs, bytes, ageMs }: ServerSettings['keep'], usual: KeepLimits): KeepLimits {
  return { runs: runs ?? usual.runs, bytes: bytes ?? usual.bytes, ageMs: ageMs ?? usual.ageMs };
}

/** Tells the same thing no more often than that. */
function seldom(ms: number, tell: (what: string) => void): (what: string) => void {
  const told = new Map<string, number>();
  return (what) => {
    const now = performance.now();
    for (const [known, at] of told) if (now - at > ms) told.delete(known);
    if (told.has(what)) return;
    told.set(what, now);
    tell(what);
  };
}
