import { statfs } from 'node:fs';
import { promisify } from 'node:util';

/** How a disk is watched. */
export interface DiskWatchOptions {
  /** How often to look, in milliseconds; default 1,000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 1_000;

const MEBIBYTE = 1024 * 1024;

/**
 * Calls `onLow`, once, when the disk that holds a folder has little room left, with the bytes that are free. Little is
 * 1 % of it, though no more than 64 MiB and no less than 8 MiB; and in any case no more than half of what was free
 * at first, so that a small disk, and one that is nearly full already, can still be used.
 */
export function watchDisk(
  folder: string,
  onLow: (freeBytes: number) => void,
  { intervalMs = INTERVAL_MS }: DiskWatchOptions = {},
): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let bound: number | null = null;

  async function look(): Promise<void> {
    const room = await roomOf(folder);
    if (closed) return;
    if (room !== null) {
      bound ??= Math.min(boundOf(room.size), room.free / 2);
      if (room.free <= bound) {
        closed = true;
        onLow(room.free);
        return;
      }
    }
    // Only now, so that looks never pile up where the disk is slow.
    timer = setTimeout(() => void look(), intervalMs).unref();
  }

  void look();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function boundOf(size: number): number {
  return Math.max(8 * MEBIBYTE, Math.min(64 * MEBIBYTE, size / 100));
}

/** In bytes; null when the system doesn't tell. */
async function roomOf(folder: string): Promise<{ readonly size: number; readonly free: number } | null> {
  try {
    // Nothing of a run needs node:fs/promises, which takes 2 ms to load.
    const { bsize, blocks, bfree, bavail } = await promisify(statfs)(folder);
    // A part is kept for root.
    return { size: blocks * bsize, free: (process.getuid?.() === 0 ? bfree : bavail) * bsize };
  } catch {
    return null;
  }
}
