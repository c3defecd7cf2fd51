import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { endOfLines } from './end-of-lines.ts';
import { writeWhole } from './write-whole.ts';

/** A file of lines that are only added to it, each of which is on the disk before it counts. */
export interface DurableFile {
  /**
   * Adds a line, which ends in a newline. It outlives this process as soon as this returns, and the machine once the
   * promise settles: lines that come while the disk is busy share its next round. Rejects where the line is not there, and
   * then nothing of it is.
   */
  append(line: string): Promise<void>;
  /** Bytes in it. */
  size(): number;
  /** Settles once all is on the disk. Nothing may be added after it. */
  close(): Promise<void>;
}

const toDisk = promisify(fdatasync);

/**
 * Opens a file to add to, or makes it for its owner alone. A line without an end, which a crash has left, goes. Nobody
 * else may write to it.
 * @throws an Error of the system's when it can't be written
 */
export function openDurableFile(path: string): DurableFile {
  const descriptor = openSync(path, 'a+', 0o600);
  let size = endOfLines(descriptor, fstatSync(descriptor).size);
  ftruncateSync(descriptor, size);
  let syncing: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  /** The round under way may have begun before the newest line was written: that one is in the next. */
  function synced(): Promise<void> {
    next ??= syncing
      .catch(() => {})
      .then(() => {
        syncing = toDisk(descriptor);
        next = null;
        return syncing;
      });
    return next;
  }

  return {
    size: () => size,
    async append(line) {
      const bytes = Buffer.from(line);
      try {
        writeWhole(descriptor, bytes);
      } catch (error) {
        ftruncateSync(descriptor, size);
        throw error;
      }
      size += bytes.length;
      await synced();
    },
    async close() {
      await synced().finally(() => closeSync(descriptor));
    },
  };
}
