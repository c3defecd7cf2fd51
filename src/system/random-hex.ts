import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** How many bytes are read at once: more than a run takes before claude is started, five times. */
const AT_ONCE = 64;

/** Digits that were read and not given to anybody yet. */
let ahead = '';

/** So many random bytes that nobody can guess, in hexadecimal digits. */
export function randomHex(bytes: number): string {
  if (ahead.length < 2 * bytes) ahead = newDigits(Math.max(bytes, AT_ONCE));
  const digits = ahead.slice(0, 2 * bytes);
  ahead = ahead.slice(2 * bytes);
  return digits;
}

function newDigits(bytes: number): string {
  const random = Buffer.alloc(bytes);
  // To load what Node has for it takes 4 ms first.
  if (!fillFromSystem(random)) crypto.getRandomValues(random);
  return random.toString('hex');
}

/** False where the system has no such file, or it can't be read. */
function fillFromSystem(bytes: Buffer): boolean {
  try {
    const file = openSync('/dev/urandom', 'r');
    try {
      return fstatSync(file).isCharacterDevice() && readSync(file, bytes) === bytes.length;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
