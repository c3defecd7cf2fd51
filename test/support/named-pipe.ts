import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Makes a named pipe in a folder, and gives its path. */
export function namedPipe(folder: string): string {
  const path = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  return path;
}
