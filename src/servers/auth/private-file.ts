import type { Stats } from 'node:fs';

const WRITABLE_BY_GROUP = 0o020;
const OPEN_TO_OTHERS = 0o007;

/**
 * Refuses a file that more than its owner can write, or more than its owner and group can read: services are often
 * given their files by a group.
 * @throws Error that says so, and the fix
 */
export function refuseShared(stats: Stats): void {
  if (process.platform === 'win32' || !stats.isFile()) return;
  if ((stats.mode & (WRITABLE_BY_GROUP | OPEN_TO_OTHERS)) === 0) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  throw new Error(`its mode is ${mode}, so others can read or write it; what it holds is for its owner alone (0600)`);
}
