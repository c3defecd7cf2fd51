import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { endOfLines } from '../../system/end-of-lines.ts';

/** Adds a line, which ends in a newline, to a file; what of a line stands at its end goes. Returns the file's size then. */
export function appendAfterLastLine(path: string, line: string): number {
  const descriptor = openSync(path, 'r+');
  try {
    const end = endOfLines(descriptor, fstatSync(descriptor).size);
    ftruncateSync(descriptor, end);
    const bytes = Buffer.from(line);
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done, undefined, end + done);
    return end + bytes.length;
  } finally {
    closeSync(descriptor);
  }
}
