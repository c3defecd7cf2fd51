import { statfs, type StatsFs, statfsSync } from 'node:fs';
import { promisify } from 'node:util';

/** How a disk is watched. */
export interface DiskWatchOptions {
  /** How often to look, in milliseconds; default 1,000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 1_000;

const MEBIBYTE = 1024 * 1024;

/** Bytes of a disk. */
interface Room {
  readonly size: number;
  readonly free: number;
}

/** Looks that are taken for all who watch the disk of a folder. */
interface Looks {
  readonly watchers: Set<Watcher>;
  /** What the last one saw. */
  room: Room | null;
  timer?: NodeJS.Timeout;
}

type Watcher = (room: Room) => void;

/** By folder: those that run at once look at one disk, as a rule. */
const looks = new Map<string, Looks>();

/**
 * Calls `onLow`, once, when the disk that holds a folder has little room left, with the bytes that are free. Little is
 * 1 % of it, though no more than 64 MiB and no less than 8 MiB; and in any case no more than half of what was free
 * at first, so that a small disk, and one that is nearly full already, can still be used. Who watches a folder that is watched
 * already is told at once what was seen last, and then as often as that was asked for first.
 */
export function watchDisk(
  folder: string,
  onLow: (freeBytes: number) => void,
  { intervalMs = INTERVAL_MS }: DiskWatchOptions = {},
): { close(): void } {
  let bound: number | null = null;

  function see({ size, free }: Room): void {
    bound ??= Math.min(boundOf(size), free / 2);
    if (free > bound) return;
    close();
    onLow(free);
  }

  function close(): void {
    leave(folder, see);
  }

  join(folder, see, intervalMs);
  return { close };
}

function join(folder: string, watcher: Watcher, intervalMs: number): void {
  const known = looks.get(folder) ?? begin(folder, intervalMs);
  known.watchers.add(watcher);
  // Only once whoever watches has what ends that.
  queueMicrotask(() => tell(known, watcher));
}

function begin(folder: string, intervalMs: number): Looks {
  const begun: Looks = { watchers: new Set(), room: firstRoomOf(folder) };
  looks.set(folder, begun);
  lookLater(folder, begun, intervalMs);
  return begun;
}

function leave(folder: string, watcher: Watcher): void {
  const known = looks.get(folder);
  if (known?.watchers.delete(watcher) !== true || known.watchers.size > 0) return;
  clearTimeout(known.timer);
  looks.delete(folder);
}

function lookLater(folder: string, known: Looks, intervalMs: number): void {
  known.timer = setTimeout(() => void lookAt(folder, known, intervalMs), intervalMs).unref();
}

async function lookAt(folder: string, known: Looks, intervalMs: number): Promise<void> {
  known.room = await roomOf(folder);
  for (const watcher of known.watchers) tell(known, watcher);
  // Only now, so that looks never pile up where the disk is slow.
  if (known.watchers.size > 0) lookLater(folder, known, intervalMs);
}

function tell({ room, watchers }: Looks, watcher: Watcher): void {
  if (room === null || !watchers.has(watcher)) return;
  try {
    watcher(room);
  } catch {
    // What one makes of it must not keep it from the others.
  }
}

function boundOf(size: number): number {
  return Math.max(8 * MEBIBYTE, Math.min(64 * MEBIBYTE, size / 100));
}

/**
 * Null when the system doesn't tell. Waited for, since whoever watches has just written to that disk: the threads that
 * would wait instead take a millisecond to start, and a short run has no other use for them.
 */
function firstRoomOf(folder: string): Room | null {
  try {
    return roomIn(statfsSync(folder));
  } catch {
    return null;
  }
}

/** Null when the system doesn't tell. */
async function roomOf(folder: string): Promise<Room | null> {
  try {
    // Nothing of a run needs node:fs/promises, which takes 2 ms to load.
    return roomIn(await promisify(statfs)(folder));
  } catch {
    return null;
  }
}

function roomIn({ bsize, blocks, bfree, bavail }: StatsFs): Room {
  // A part is kept for root.
  return { size: blocks * bsize, free: (process.getuid?.() === 0 ? bfree : bavail) * bsize };
}
