import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { systemCodeOf } from '../../src/errors.ts';

/** Makes a named pipe in a folder, and gives its path. */
export function namedPipe(folder: string): string {
  const path = join(folder, 'pipe');
  execaSync('sh', ['-c', 'mkfifo "$0"', path]);
  return path;
}

/** What a pipe takes whole or not at all: a page. Into one that is begun, one blank would go while others wait for a page. */
const PAGE = ' '.repeat(4096);

/** Whether a pipe takes no more; where it does, it has taken a page of blanks. Somebody must have it open to read. */
export function isFull(path: string): boolean {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    writeSync(descriptor, PAGE);
    return false;
  } catch (error) {
    if (systemCodeOf(error) === 'EAGAIN') return true;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
