import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What ran when a home was made has nothing to do with it: to read of each of them takes most of a look. */
const foreign = new Map<string, ReadonlySet<number>>();

/** Takes all that runs for foreign to a home, which is about to be used. */
export function takeForForeign(home: string): void {
  foreign.set(home, new Set(processIds()));
}

/**
 * The processes of a home, as their command lines by pid: those that were started with it, and those that hide that but
 * name a path in it or work there. Linux only: elsewhere always none.
 */
export function processesOf(home: string): ReadonlyMap<number, string> {
  const others = foreign.get(home);
  const mine = processIds().filter((pid) => others?.has(pid) !== true && belongsTo(home, pid));
  return new Map(mine.map((pid) => [pid, contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()]));
}

/** What still runs of a home after a while, by default two seconds, for the last of them to be gone. */
export async function survivorsOf(home: string, patience = 2_000): Promise<readonly string[]> {
  const start = performance.now();
  for (;;) {
    const left = processesOf(home);
    if (left.size === 0 || performance.now() - start >= patience) return [...left.values()];
    await sleep(50);
  }
}

/** The ids of all processes that can be seen. */
export function processIds(): readonly number[] {
  return entriesOf('/proc').map(Number).filter(Number.isInteger);
}

function belongsTo(home: string, pid: number): boolean {
  const commandLine = contentOf(`/proc/${pid}/cmdline`);
  // The kernel's own have none, and are many.
  if (commandLine === '') return false;
  return (
    withoutDenied(commandLine).includes(home) ||
    `\0${contentOf(`/proc/${pid}/environ`)}`.includes(`\0HOME=${home}\0`) ||
    isWithin(home, folderOf(pid))
  );
}

/** A command line but for what a claude of somebody else's is kept from: that may be anything that lies beside its folder. */
export function withoutDenied(commandLine: string): string {
  return commandLine.replaceAll(/--disallowed-tools=[^\0]*/g, '--disallowed-tools=');
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
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
