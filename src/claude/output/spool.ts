import { closeSync, type FSWatcher, openSync, readSync, unlinkSync, watch } from 'node:fs';
import { join } from 'node:path';

/**
 * The file that claude writes its stdout to. A pipe won't do: 2.1.197 and older exit without draining one and lose
 * what we had not read yet, and a slow reader would slow claude down.
 */
export interface Spool {
  /** The descriptor to give the child as its stdout. */
  readonly descriptor: number;
  /**
   * Yields what is written, as it is written, until `end` was called and all is read. Read it once; a chunk's memory is
   * used again for the next one.
   */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Says that nothing more will be written. */
  end(): void;
  close(): void;
}

/** How much is read at once. */
const READ_BYTES = 256 * 1024;

/** How often to look when the system sends no word of changes, in milliseconds. */
const POLL_MS = 250;
const POLL_UNWATCHED_MS = 20;

/** Opens a spool in a private folder, and unlinks it at once where the platform allows, so that no crash leaves it. */
export function openSpool(folder: string): Spool {
  const path = join(folder, 'stdout');
  const descriptor = openSync(path, 'ax+', 0o600);
  let ended = false;
  let wake: (() => void) | null = null;
  const watcher = watchFile(path, () => wake?.());
  if (process.platform !== 'win32') unlinkSync(path);

  function changed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, watcher === null ? POLL_UNWATCHED_MS : POLL_MS);
      wake = done;
      function done(): void {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
    });
  }

  return {
    descriptor,
    async *chunks() {
      const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
      let position = 0;
      for (;;) {
        const last = ended;
        const length = readSync(descriptor, buffer, 0, READ_BYTES, position);
        position += length;
        if (length > 0) yield buffer.subarray(0, length);
        else if (last) return;
        else await changed();
      }
    },
    end() {
      ended = true;
      wake?.();
    },
    close() {
      watcher?.close();
      closeSync(descriptor);
    },
  };
}

/** Null where the system has no watcher left (inotify's limit per user); then we poll. */
function watchFile(path: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(path, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
