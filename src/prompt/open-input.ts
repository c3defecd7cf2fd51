import { closeSync, constants, createReadStream, fstatSync, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';

/** A file that is open, and its bytes. */
export interface OpenInput {
  readonly stats: Stats;
  readonly bytes: Readable;
}

/**
 * Opens a file to be read: a plain one, a device, or a named pipe such as that of `<(…)`, whose first writer is waited
 * for. A pipe is never read with a blocking call: the process could not even exit then.
 * @throws the system's error, or one that says that it is a folder
 */
export function openInput(path: string): OpenInput {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw new Error('it is a folder');
    return { stats, bytes: streamOf(fd, stats) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function streamOf(fd: number, stats: Stats): Readable {
  if (stats.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return isatty(fd) ? new ReadStream(fd) : createReadStream('', { fd });
}
