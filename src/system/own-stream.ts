import { fstatSync } from 'node:fs';

/**
 * The descriptor of stdout or stderr where that is what a path names, and a plain file is behind it: opened anew, the file
 * would be written from its start, over what goes there already. Null for all else.
 */
export function ownStream(path: string): number | null {
  const descriptor = OWN_STREAMS.get(path.replace(/^\/proc\/self\/fd\//, '/dev/fd/'));
  return descriptor !== undefined && fstatSync(descriptor).isFile() ? descriptor : null;
}

const OWN_STREAMS = new Map([
  ['/dev/stdout', 1],
  ['/dev/fd/1', 1],
  ['/dev/stderr', 2],
  ['/dev/fd/2', 2],
]);
