import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const NEWLINE = 10;

const PIECE = 64 * 1024;

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

/** How many bytes there are up to the last newline. */
function endOfLines(descriptor: number, size: number): number {
  const piece = Buffer.alloc(PIECE);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - PIECE);
    const read = readSync(descriptor, piece, 0, end - start, start);
    const newline = piece.subarray(0, read).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return 0;
}
