import { constants, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { systemCodeOf } from '../errors.ts';

/** A named pipe that is open to be written to. */
export interface Pipe {
  /** Settles when the pipe has taken it; rejects with the system's error. */
  write(content: string | Uint8Array): Promise<void>;
  close(): void;
}

/** Whether there is a named pipe, such as that of `>(…)`. */
export function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

/**
 * Opens a named pipe that somebody reads. It is never written to with a blocking call: a reader that stalls would stop
 * everything, signals too.
 * @throws the system's error, or one that says that nobody reads it
 */
export function openPipe(path: string): Pipe {
  const pipe = new Socket({ fd: openForWriting(path), readable: false, writable: true });
  // Whoever writes learns of it.
  pipe.on('error', () => {});
  return {
    write: (content) =>
      new Promise((resolve, reject) => {
        pipe.write(content, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => void pipe.end(),
  };
}

function openForWriting(path: string): number {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENXIO') throw error;
    throw new Error('nobody reads this pipe; start its reader first', { cause: error });
  }
}
