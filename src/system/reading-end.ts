import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { systemCodeOf } from '../errors.ts';
import { flawOfProc, processIds, type ProcessStatus, statusOf } from './process-files.ts';
import { monotonicMs } from './monotonic.ts';

/**
 * Whether anybody still has the reading end of a pipe: `gone` only where nobody can, `unknown` where somebody may have it
 * who can't be seen from here, as another user or the outside of a container.
 */
export type ReadingEnd = 'held' | 'gone' | 'unknown';

/** Looks at one pipe. Never rejects. */
export type LookAtReadingEnd = () => Promise<ReadingEnd>;

/** One process that has the reading end, under a number of its own. */
interface Holder {
  readonly pid: number;
  readonly descriptor: string;
}

/** What a process has of a pipe; `hidden` when that is not for us to see. */
type Holding = { readonly reading: string | null; readonly writing: boolean } | 'hidden';

/** Where a pipe comes from, as far as it can be known. */
interface Origin {
  readonly pid: number;
  readonly session: number;
}

const NOTHING: Holding = { reading: null, writing: false };

/** How long a walk through `/proc` may go on before others have their turn, in milliseconds. */
const TURN_MS = 5;

/**
 * How to look at the reading end of a pipe that this process writes to, or null where nothing can be told: for what is no
 * pipe, as a socket, and on systems other than Linux. Linux tells whoever writes, and nobody else: so the pipe is looked
 * for among the descriptors of all processes, nearest ids first, and what was found once is looked at first.
 */
export function readingEndOf(descriptor: number): LookAtReadingEnd | null {
  if (process.platform !== 'linux') return null;
  try {
    // With another namespace's `/proc`, nothing it says is about our processes.
    if (!fstatSync(descriptor).isFIFO() || flawOfProc() !== null) return null;
    const link = readlinkSync(`/proc/self/fd/${descriptor}`);
    return link.startsWith('pipe:') ? lookAmongProcesses(link) : lookAtNamedPipe(descriptor);
  } catch {
    return null;
  }
}

/** A pipe with a name can be opened anew, and without a reader it can't. */
function lookAtNamedPipe(descriptor: number): LookAtReadingEnd {
  return async () => {
    try {
      closeSync(openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK));
      return 'held';
    } catch (error) {
      return systemCodeOf(error) === 'ENXIO' ? 'gone' : 'unknown';
    }
  };
}

function lookAmongProcesses(link: string): LookAtReadingEnd {
  // Now, while those that started us are there.
  const origin = originOf(link);
  let last: Holder | null = null;
  const sessions = new Set([statusOf(process.pid)?.session, origin?.session]);

  async function look(): Promise<ReadingEnd> {
    if (last !== null && isHeldBy(last, link)) return 'held';
    const { holder, hidden } = await findHolder(link);
    if (holder !== null) {
      sessions.add(statusOf(holder.pid)?.session);
      last = holder;
      return 'held';
    }
    // One that was never seen, and need not be in sight; a system that hides even its first process hides others too.
    if ((origin === null && last === null) || statusOf(1) === null) return 'unknown';
    return hidden.some(mayHold) ? 'unknown' : 'gone';
  }

  /**
   * Ends of pipes are inherited: by what the origin started. That is still below it, or was taken on by another when its
   * parent was gone; then its session tells.
   */
  function mayHold(pid: number): boolean {
    if (pid === last?.pid) return true;
    const status = statusOf(pid);
    if (status === null) return false;
    if (origin === null) return sessions.has(status.session);
    return descends(status, origin.pid) || (sessions.has(status.session) && !descends(statusOf(process.pid), pid));
  }

  return async () => {
    try {
      const found = await look();
      // Once more: it may have been handed on in the meantime, from one not seen yet to one seen already.
      return found === 'gone' ? await look() : found;
    } catch {
      return 'unknown';
    }
  };
}

/**
 * The process that made a pipe which we write to: the first above us that does not have the writing end too, since all
 * that have it have it from there. Null where that is none we can see, or one that may have taken us on when our parent
 * was gone: then the pipe may come from anywhere.
 */
function originOf(link: string): Origin | null {
  const own = statusOf(process.pid);
  for (let above = own; above !== null && above.parent !== 0; above = statusOf(above.parent)) {
    const held = holdingOf(above.parent, link);
    if (held === 'hidden') return null;
    if (held.writing) continue;
    const session = statusOf(above.parent)?.session;
    return session === undefined || session !== own?.session ? null : { pid: above.parent, session };
  }
  return null;
}

async function findHolder(
  link: string,
): Promise<{ readonly holder: Holder | null; readonly hidden: readonly number[] }> {
  const hidden: number[] = [];
  let turn = monotonicMs();
  // What we have of it ourselves by mistake is never read.
  const others = processIds().filter((pid) => pid !== process.pid);
  for (const pid of others.toSorted((one, other) => distanceTo(one) - distanceTo(other))) {
    if (monotonicMs() - turn > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      turn = monotonicMs();
    }
    const held = holdingOf(pid, link);
    if (held === 'hidden') hidden.push(pid);
    else if (held.reading !== null) return { holder: { pid, descriptor: held.reading }, hidden };
  }
  return { holder: null, hidden };
}

function distanceTo(pid: number): number {
  return Math.abs(pid - process.pid);
}

function isHeldBy({ pid, descriptor }: Holder, link: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`) === link && canRead(pid, descriptor);
  } catch {
    return false;
  }
}

function holdingOf(pid: number, link: string): Holding {
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`).filter((name) => linkOf(pid, name) === link);
    const reading = descriptors.filter((name) => canRead(pid, name));
    return { reading: reading[0] ?? null, writing: descriptors.length > reading.length };
  } catch (error) {
    return isGone(error) ? NOTHING : 'hidden';
  }
}

function linkOf(pid: number, name: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/fd/${name}`);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Whether a descriptor was opened to be read, by its flags (proc(5), in octal). */
function canRead(pid: number, descriptor: string): boolean {
  const [, flags = '1'] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'latin1')) ?? [];
  return (Number.parseInt(flags, 8) & 0b11) !== constants.O_WRONLY;
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(systemCodeOf(error) ?? '');
}

function descends(status: ProcessStatus | null, ancestor: number): boolean {
  for (let above = status; above !== null && above.parent !== 0; above = statusOf(above.parent)) {
    if (above.parent === ancestor) return true;
  }
  return false;
}
