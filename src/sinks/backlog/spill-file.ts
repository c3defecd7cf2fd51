import { closeSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateFolder } from '../../system/private-folder.ts';
import { writeWhole } from '../../system/write-whole.ts';
import type { SpillFile } from './spill.ts';

/** Lines are written once they come to so many UTF-16 units. */
const WRITE_UNITS = 64 * 1024;

/** How much is read at once, if it holds a whole line. */
const READ_BYTES = 256 * 1024;

const NEWLINE = 0x0a;

/**
 * Opens a file in a private folder. Both go at once where the platform allows, so that no crash leaves them.
 * @throws SluiceError `internal` or the system's error when it can't be made
 */
export function openSpillFile(): SpillFile {
  const { descriptor, remove } = createFile();
  /** The file holds whole lines between these two places. */
  let start = 0;
  let end = 0;
  /** Lines that come before those in the file, the oldest last, and those that come after them. */
  let early: string[] = [];
  let late: string[] = [];
  let lateUnits = 0;

  function write(): void {
    const bytes = Buffer.from(`${late.join('\n')}\n`);
    writeWhole(descriptor, bytes, end);
    end += bytes.length;
    late = [];
    lateUnits = 0;
  }

  function refill(): void {
    if (start === end) {
      early = late.reverse();
      late = [];
      lateUnits = 0;
    } else {
      early = readLines().reverse();
    }
    if (start === end && end > 0) {
      ftruncateSync(descriptor, 0);
      start = 0;
      end = 0;
    }
  }

  function readLines(): string[] {
    for (let size = READ_BYTES; ; size *= 2) {
      const bytes = Buffer.allocUnsafe(Math.min(size, end - start));
      const length = readSync(descriptor, bytes, 0, bytes.length, start);
      const last = bytes.subarray(0, length).lastIndexOf(NEWLINE);
      if (last !== -1) {
        start += last + 1;
        return bytes.toString('utf8', 0, last).split('\n');
      }
      if (length < bytes.length) throw new Error('a temporary file of sluice was cut off');
    }
  }

  return {
    append(line) {
      late.push(line);
      lateUnits += line.length;
      if (lateUnits < WRITE_UNITS) return;
      try {
        write();
      } catch (error) {
        late.pop();
        lateUnits -= line.length;
        throw error;
      }
    },
    read() {
      if (early.length === 0) refill();
      return early.pop() ?? null;
    },
    close() {
      closeSync(descriptor);
      remove();
    },
  };
}

function createFile(): { readonly descriptor: number; readonly remove: () => void } {
  const folder = createPrivateFolder();
  try {
    const path = join(folder.path, 'events');
    const descriptor = openSync(path, 'wx+', 0o600);
    if (process.platform === 'win32') return { descriptor, remove: folder.remove };
    unlinkSync(path);
    folder.remove();
    return { descriptor, remove() {} };
  } catch (error) {
    folder.remove();
    throw error;
  }
}
