import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { endOfLines } from '../../system/end-of-lines.ts';
import { writeWhole } from '../../system/write-whole.ts';

/** Appends a line, which ends in a newline, to a file; a torn line at its end is removed first. Returns the new size. */
export function appendAfterLastLine(path: string, line: string): number {
  const descriptor = openSync(path, 'r+');
  try {
    const end = endOfLines(descriptor, fstatSync(descriptor).size);
    ftruncateSync(descriptor, end);
    const bytes = Buffer.from(line);
    writeWhole(descriptor, bytes, end);
    return end + bytes.length;
  } finally {
    closeSync(descriptor);
  }
}
