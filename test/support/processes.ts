import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The processes that were started with this home, as their command lines by pid. Linux only: elsewhere always none. */
export function processesOf(home: string): ReadonlyMap<number, string> {
  const pids = entriesOf('/proc').map(Number).filter(Number.isInteger);
  const mine = pids.filter((pid) => contentOf(`/proc/${pid}/environ`).split('\0').includes(`HOME=${home}`));
  return new Map(mine.map((pid) => [pid, contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()]));
}

/** What still runs of a home after a moment for the last of them to be gone. */
export async function survivorsOf(home: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 20 && processesOf(home).size > 0; tries++) await sleep(100);
  return [...processesOf(home).values()];
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
