import {
  closeSync,
  fstatSync,
  type FSWatcher,
  openSync,
  readFileSync,
  readSync,
  unlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemCodeOf } from '../../errors.ts';
import { within } from '../../system/bounded-wait.ts';

/**
 * The file that claude writes its stdout to. A pipe won't do: 2.1.197 and older exit without draining one and lose
 * what we had not read yet, and a slow reader would slow claude down. It keeps all of a run until that is over: nothing
 * can take away the beginning of a file that is written to.
 */
export interface Spool {
  /** The descriptor to give the child as its stdout. */
  readonly descriptor: number;
  /**
   * Yields what is written, as it is written, until `end` was called and all is read. Read it once; a chunk's memory is
   * used again for the next one.
   */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Settles once something was written, or nothing will be, or with the signal. */
  begun(signal: AbortSignal): Promise<void>;
  /** Says that nothing more will be written, and whether there was a result: then a whole line at the end is all there was. */
  end(hasResult?: boolean): void;
  /** Why what was written may not be all, as it looked when the end was told, or null: a sentence, and what to do. */
  fault(): string | null;
  close(): void;
}

/** How much is read at once: little at first, as much as that after a claude that writes much, which few do. */
const FIRST_READ_BYTES = 4 * 1024;
const MOST_READ_BYTES = 256 * 1024;

/** How often to look when the system sends no word of changes, in milliseconds. */
const POLL_MS = 250;
const POLL_UNWATCHED_MS = 20;

const NEWLINE = 10;

/** What must fit on a disk that isn't full: a block of most file systems. */
const PROBE_BYTES = 4096;

/**
 * Opens a spool in a private folder. It is watched, and unlinked where the platform allows, once it is read, or waited for: by
 * then claude has been started, which need not wait for that.
 */
export function openSpool(folder: string): Spool {
  const path = join(folder, 'stdout');
  const descriptor = openSync(path, 'ax+', 0o600);
  let ended = false;
  let fault: string | null = null;
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((done) => done());
  let watcher: Watcher | null = null;

  function attend(): Watcher {
    if (watcher !== null) return watcher;
    watcher = watchFile(path, wake);
    if (process.platform !== 'win32') unlink(path);
    return watcher;
  }

  function changed(): Promise<void> {
    const { isLive } = attend();
    return new Promise((resolve) => {
      const timer = setTimeout(done, isLive() ? POLL_MS : POLL_UNWATCHED_MS);
      waiting.add(done);
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
    });
  }

  const isBegun = (): boolean => ended || fstatSync(descriptor).size > 0;

  return {
    descriptor,
    async *chunks() {
      attend();
      let buffer = Buffer.allocUnsafeSlow(FIRST_READ_BYTES);
      let position = 0;
      for (;;) {
        const last = ended;
        const length = readSync(descriptor, buffer, 0, buffer.length, position);
        position += length;
        if (length > 0) {
          yield buffer.subarray(0, length);
          if (length === buffer.length && length < MOST_READ_BYTES) buffer = Buffer.allocUnsafeSlow(length * 4);
        } else if (last) return;
        else await changed();
      }
    },
    async begun(signal) {
      attend();
      while (!signal.aborted && !isBegun()) await within(changed(), { signal });
    },
    end(hasResult = false) {
      // At once: a full disk may be freed again.
      if (!ended && !(hasResult && endsLine(descriptor))) fault = findFault(descriptor, folder);
      ended = true;
      wake();
    },
    fault: () => fault,
    close() {
      watcher?.close();
      closeSync(descriptor);
    },
  };
}

interface Watcher {
  /** False where the system has no watcher left (inotify's limit per user), or took it away; then we poll. */
  isLive(): boolean;
  close(): void;
}

function watchFile(path: string, onChange: () => void): Watcher {
  let watcher: FSWatcher | null = null;
  function close(): void {
    watcher?.close();
    watcher = null;
  }
  try {
    watcher = watch(path, onChange);
    watcher.on('error', () => {
      close();
      onChange();
    });
  } catch {
    // There is a slower way.
  }
  return { isLive: () => watcher !== null, close };
}

function endsLine(descriptor: number): boolean {
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, fstatSync(descriptor).size - 1);
  return last[0] === NEWLINE;
}

function findFault(descriptor: number, folder: string): string | null {
  const limit = fileSizeLimit();
  // A write stops short at the limit; the next one fails, or ends the writer (SIGXFSZ).
  if (limit !== null && fstatSync(descriptor).size >= limit) {
    return `what claude printed was cut at the file-size limit of ${limit} bytes; raise it (ulimit -f)`;
  }
  if (!isFull(folder)) return null;
  return 'what claude printed may have been cut: the disk that holds it is full; free some, or set TMPDIR to a folder on another one';
}

/** In bytes. Null where there is none, or it can't be told (elsewhere than on Linux). */
function fileSizeLimit(): number | null {
  try {
    const [, limit] = /^Max file size +(\d+) /m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return limit === undefined ? null : Number(limit);
  } catch {
    return null;
  }
}

/** Tried, not asked for: no count of free blocks knows of quotas. */
function isFull(folder: string): boolean {
  const probe = join(folder, 'probe');
  try {
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { mode: 0o600 });
    unlinkSync(probe);
    return false;
  } catch (error) {
    const code = systemCodeOf(error);
    return code === 'ENOSPC' || code === 'EDQUOT';
  }
}

/** Whoever clears old files away may have come first. */
function unlink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}
