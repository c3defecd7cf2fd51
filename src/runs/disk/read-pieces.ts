import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { systemCodeOf } from '../../errors.ts';

const PIECE = 256 * 1024;

/**
 * What is in a file, piece by piece; nothing where there is none. Each is read at once, from memory as a rule: to have a
 * thread do so takes longer on a busy machine. Between two of them, others have their turn.
 * @throws the system's error when it can't be read
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const size = readSync(descriptor, piece);
      if (size > 0) yield piece.subarray(0, size);
      if (size < PIECE) return;
      await setImmediate();
    }
  } finally {
    closeSync(descriptor);
  }
}
