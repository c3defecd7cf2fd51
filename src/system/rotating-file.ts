import { constants, type FileHandle, lstat, open, realpath, rename } from 'node:fs/promises';
import { systemCodeOf } from '../errors.ts';

/** A file of lines that begins anew when it is full. */
export interface RotatingFile {
  /** Where it is, also when it was named by a link. */
  readonly path: string;
  /**
   * Adds a line, which ends in a newline. It must be settled before the next call.
   * @throws an Error when the line isn't there; nothing of it is
   */
  append(line: string): Promise<void>;
}

export interface RotatingFileOptions {
  /** A link is followed once, when it is opened. */
  readonly file: string;
  /** Bytes; the line that reaches them is the last one in it. */
  readonly maxBytes: number;
  /** How many full ones are kept: from `FILE.1`, the newest, to `FILE.<maxFiles>`. At least 1. */
  readonly maxFiles: number;
  /** Told why a full file can't be moved away, once until it can be: lines are still added to it. */
  readonly onStuck: (error: unknown) => void;
}

const NEWLINE = 10;

/** As `a+`, but what takes the place of the file later is no link to another. */
const ADDING = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/**
 * Opens a file to add to, or makes it for its owner alone. What is in it stays, and counts. It is opened again for each
 * line: one that is moved or removed meanwhile is made anew. Nobody else may write to it.
 * @throws an Error when it can't be read and written, or is no plain file
 */
export async function openRotatingFile(options: RotatingFileOptions): Promise<RotatingFile> {
  const { file, maxBytes, maxFiles, onStuck } = options;
  const there = await realpath(file).catch(nullIfMissing);
  if (there !== null && !(await lstat(there)).isFile()) throw new Error('it is no plain file');
  await (await open(file, 'a+', 0o600)).close();
  const path = await realpath(file);
  const nth = (index: number): string => (index === 0 ? path : `${path}.${index}`);
  let isStuck = false;

  async function rotate(): Promise<void> {
    try {
      // Up to a gap, which a rename that failed may have left: another try must not push the oldest out.
      let last = 0;
      while (last + 1 < maxFiles && (await lstat(nth(last + 1)).catch(nullIfMissing)) !== null) last++;
      for (let index = last; index >= 0; index--) await rename(nth(index), nth(index + 1));
      isStuck = false;
    } catch (error) {
      if (!isStuck) onStuck(error);
      isStuck = true;
    }
  }

  return {
    path,
    async append(line) {
      const before = await lstat(path).catch(nullIfMissing);
      if (before !== null && before.isFile() && before.size >= maxBytes) await rotate();
      const handle = await open(path, ADDING, 0o600);
      try {
        await addWhole(handle, line);
      } finally {
        await handle.close();
      }
    },
  };
}

async function addWhole(file: FileHandle, line: string): Promise<void> {
  const { size } = await file.stat();
  // After a crash, the file may end in a part of a line.
  const bytes = Buffer.from((await endsLine(file, size)) ? line : `\n${line}`);
  try {
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error('there is no room for a whole line');
  } catch (error) {
    // Where that can't be done either, the next line does not go on where this one was cut off.
    await file.truncate(size).catch(() => {});
    throw error;
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] === NEWLINE;
}

function nullIfMissing(error: unknown): null {
  if (systemCodeOf(error) === 'ENOENT') return null;
  throw error;
}
