import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { endOfLines } from '../../system/end-of-lines.ts';

/** Appends a line, which ends in a newline, to a file; a torn line at its end is removed first. Returns the new size. */
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
