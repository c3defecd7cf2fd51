import { closeSync, openSync, readSync } from 'node:fs';

const NEWLINE = 10;
const PIECE = 1024 * 1024;

/** A line of a file without its end, and how many bytes there are up to the next. */
export interface FileLine {
  readonly text: string;
  readonly end: number;
}

/**
 * The lines of a file from a place on; one that no newline ends is left out. Read at once: nobody else may write to it
 * meanwhile.
 * @throws an Error of the system's, ENOENT among them
 */
export function* linesOfFile(path: string, from = 0): Generator<FileLine, void, undefined> {
  const descriptor = openSync(path, 'r');
  try {
    let held = Buffer.alloc(0);
    let place = from;
    const piece = Buffer.alloc(PIECE);
    for (;;) {
      const read = readSync(descriptor, piece, 0, PIECE, place + held.length);
      if (read === 0) return;
      const bytes = Buffer.concat([held, piece.subarray(0, read)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield { text: bytes.toString('utf8', start, end), end: place + end + 1 };
        start = end + 1;
      }
      held = bytes.subarray(start);
      place += start;
    }
  } finally {
    closeSync(descriptor);
  }
}
