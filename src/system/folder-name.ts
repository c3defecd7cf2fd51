import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCodeOf } from '../errors.ts';
import { flawOfProc, isOver, ownStart, statusOf } from './process-files.ts';
import { randomHex } from './random-hex.ts';

/** `sluice-PID-START-PLACE-RANDOM`; the numbers are written to base 36, since sockets in the folder have short paths. */
const NAME = /^sluice-([0-9a-z]{1,6})-([0-9a-z]{1,12})-([0-9a-z]+)-[0-9a-f]{16}$/;

/** What stands for a part that can't be told. */
const UNKNOWN = '0';

/**
 * A name that nobody can guess, and that tells which process the folder belongs to.
 * @throws the system's error when `/proc` can't be read now
 */
export function newFolderName(): string {
  return `${ownPrefix()}${place() ?? UNKNOWN}-${randomHex(8)}`;
}

/** How names begin that this process gives. */
function ownPrefix(): string {
  const own = process.platform === 'linux' ? ownStart() : null;
  return `sluice-${process.pid.toString(36)}-${own === null ? UNKNOWN : base36(own)}-`;
}

/**
 * Whether a folder of this name has lost its process. False for everything that can't be known from here: what isn't
 * sluice's, and what belongs to another machine, container or boot that shares the folder's parent.
 * @throws the system's error when `/proc` can't be read now
 */
export function isLeftBehind(name: string): boolean {
  // A server may have hundreds, and looks through them at each start of a run. All that is asked below takes system calls.
  if (name.startsWith(ownPrefix())) return false;
  const [, id, start, where] = NAME.exec(name) ?? [];
  if (id === undefined || where === UNKNOWN || where !== place()) return false;
  const pid = Number.parseInt(id, 36);
  if (isGone(pid)) return true;
  // What runs under that id may be another process. One that hides says nothing.
  const now = process.platform === 'linux' && start !== UNKNOWN ? statusOf(pid) : null;
  return now !== null && (isOver(now) || base36(now.start) !== start);
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}

let known: string | null = null;

/**
 * Among whom a process id means one process: those that share a kernel since it started, and a namespace of processes.
 * The namespace's number alone won't do: the first of every kernel has the same. Null where that can't be told.
 */
function place(): string | null {
  known ??= findPlace();
  return known;
}

function findPlace(): string | null {
  if (process.platform !== 'linux') {
    const { createHash } = process.getBuiltinModule('node:crypto');
    return createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
  }
  if (flawOfProc() !== null) return null;
  try {
    const namespace = Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]);
    // As UTF-8, which Node reads in one go: claude waits for this name.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}${namespace.toString(36)}`;
  } catch {
    return null;
  }
}

function base36(digits: string): string {
  return Number(digits).toString(36);
}
