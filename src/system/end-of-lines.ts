import { readSync } from 'node:fs';

const NEWLINE = 10;

const PIECE = 64 * 1024;

/** How many bytes of an open file there are up to its last newline. */
export function endOfLines(descriptor: number, size: number): number {
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
