import { access, constants, open, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createStream } from 'rotating-file-stream';
import { systemCodeOf } from '../../errors.ts';

/** A file of lines that begins anew when it is full. */
export interface RotatingFile {
  /**
   * Adds a line, which ends in a newline. It must be settled before the next call.
   * @throws an Error when the line isn't there as a whole
   */
  append(line: string): Promise<void>;
}

export interface RotatingFileOptions {
  /** A link is followed once, when it is opened. */
  readonly file: string;
  /** Bytes; the line that reaches them is the last one in it. */
  readonly maxBytes: number;
  /** How many full ones are kept: from `FILE.1`, the newest, to `FILE.<maxFiles>`. */
  readonly maxFiles: number;
}

/**
 * Opens a file to add to, or makes it for its owner alone. What is in it stays, and counts. It is opened again for each
 * line: one that is moved or removed meanwhile is made anew, with its folder.
 * @throws an Error when it can't be read and written, or is no plain file
 */
export async function openRotatingFile({ file, maxBytes, maxFiles }: RotatingFileOptions): Promise<RotatingFile> {
  const path = await realpath(file).catch(() => resolve(file));
  // A folder that is not there is a mistake in the path, as long as nothing was written.
  await access(dirname(path), constants.W_OK);
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile()) throw new Error('it is no plain file');
  await add('');
  await endsIn(path, '');

  /** Whether the file is known to end where a line does: after a crash, or on a full disk, it may not. */
  let endsLine = false;

  async function add(text: string): Promise<void> {
    const stream = createStream(path, { size: `${maxBytes}B`, rotate: maxFiles, mode: 0o600 });
    await finished(stream.end(text));
  }

  return {
    async append(line) {
      const text = endsLine || (await endsIn(path, '\n')) ? line : `\n${line}`;
      endsLine = false;
      const problem = await add(text).then(
        // A disk that becomes full takes a part of a line, and the stream says nothing of it.
        () => new Error('a line could be written in part only'),
        (error: Error) => error,
      );
      // Where the next file couldn't be begun, the line is there all the same: it must not come twice.
      endsLine = (await endsIn(path, line)) || (await endsIn(`${path}.1`, line));
      if (!endsLine) throw problem;
    },
  };
}

/** Whether a text is the last in a file; of an empty file or none, any newline is. */
async function endsIn(path: string, text: string): Promise<boolean> {
  const wanted = Buffer.from(text);
  const file = await open(path).catch(nullIfMissing);
  if (file === null) return text === '\n';
  try {
    const { size } = await file.stat();
    if (size < wanted.length) return text === '\n';
    const { buffer } = await file.read({ buffer: Buffer.alloc(wanted.length), position: size - wanted.length });
    return buffer.equals(wanted);
  } finally {
    await file.close();
  }
}

function nullIfMissing(error: unknown): null {
  if (systemCodeOf(error) === 'ENOENT') return null;
  throw error;
}
