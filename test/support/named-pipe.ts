import { join } from 'node:path';
import { execaSync } from 'execa';

/** Makes a named pipe in a folder, and gives its path. */
export function namedPipe(folder: string): string {
  const path = join(folder, 'pipe');
  execaSync('sh', ['-c', 'mkfifo "$0"', path]);
  return path;
}
