import { writeSync } from 'node:fs';

/**
 * Writes all of some bytes to an open file: the system may take a part at a time.
 * @param place where in the file they go, in bytes; null: behind what was written last
 * @throws an Error of the system's; a part of them may be there then
 */
export function writeWhole(descriptor: number, bytes: Uint8Array, place: number | null = null): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, place === null ? null : place + done);
  }
}
