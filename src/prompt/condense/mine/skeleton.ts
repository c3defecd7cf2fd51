/** Room for the bytes of one line, and for the sign of its end. */
const LONGEST = 16 * 1024;
const line = Buffer.alloc(LONGEST + 1);

/**
 * A number for what stays of a line when all numbers and ids in it are taken away: lines that only differ in those
 * have the same one, and need to be looked at once. What may tell of failure stays: whether a number is 0, as exit codes
 * and counts of errors are, and whether it is from 400 to 599, as statuses of HTTP are. It has 53 bits, from two hashes of 32. Of a line of more than 16 KiB,
 * the beginning counts. Below 0 for a line with control characters other than tabs.
 */
export function skeletonOf(text: string): number {
  const end = line.write(text, 0, LONGEST, 'utf8');
  line[end] = NEWLINE;
  return skeletonIn(line, 0, end);
}

/**
 * The same of a line among others, by its bytes: they are read in a fraction of the time that the characters of a string
 * take.
 * @param end where its newline stands
 */
export function skeletonIn(bytes: Uint8Array, start: number, end: number): number {
  let one = 0x811c9dc5 | 0;
  let two = 0;
  let at = start;
  while (at < end) {
    let byte = bytes[at] ?? NEWLINE;
    let kind = KINDS[byte] ?? OTHER;
    if (kind === DIGIT) {
      // A number, or an id that begins with one.
      const begin = at;
      do kind = KINDS[bytes[++at] ?? NEWLINE] ?? OTHER;
      while ((kind & ATOM) !== 0);
      const isStatus = at - begin === 3 && (byte === FOUR || byte === FIVE);
      const isNone = at - begin === 1 && byte === ZERO;
      one = Math.imul(one ^ (isStatus ? FOUR : isNone ? NONE : ZERO), PRIME);
      continue;
    }
    if (kind === OTHER) {
      one = Math.imul(one ^ byte, PRIME);
      at += 1;
      continue;
    }
    if (kind === CONTROL) return -1;
    // A word, which may have a number in it, or an id.
    const begin = at;
    let kinds = 0;
    let hash = one;
    do {
      kinds |= kind;
      hash = Math.imul(hash ^ (kind === DIGIT ? ZERO : byte), PRIME);
      // How many digits a number has says nothing.
      const skipped = kind & DIGIT;
      do kind = KINDS[(byte = bytes[++at] ?? NEWLINE)] ?? OTHER;
      while ((kind & skipped) !== 0);
    } while ((kind & ATOM) !== 0);
    const isId = (kinds & (DIGIT | LETTER)) === DIGIT && at - begin >= SHORTEST_HEX;
    if (isId) {
      one = Math.imul(one ^ ZERO, PRIME);
      continue;
    }
    one = hash;
    two = (Math.imul(two, 31) + one) | 0;
  }
  one ^= one >>> 15;
  two = (Math.imul(two, 31) + one) | 0;
  two ^= two >>> 13;
  return (one >>> 0) * 0x20_00_00 + ((two >>> 0) & 0x1f_ff_ff);
}

/** Letters of hexadecimals that are shorter are words. */
export const SHORTEST_HEX = 6;

const PRIME = 0x01000193;
const ZERO = 0x30;
const FOUR = 0x34;
const FIVE = 0x35;
const NEWLINE = 10;

/** Stands for a number that is 0; no byte is that large. */
const NONE = 0x100;

const TAB = 9;

const OTHER = 0;
const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const ATOM = DIGIT | HEX | LETTER;
const CONTROL = 8;

const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 128 || code === TAB) return OTHER;
  if (code < 0x20 || code === 0x7f) return CONTROL;
  const letter = String.fromCharCode(code);
  if (/\d/.test(letter)) return DIGIT;
  if (/[a-f]/i.test(letter)) return HEX;
  return /\w/.test(letter) ? LETTER : OTHER;
});
