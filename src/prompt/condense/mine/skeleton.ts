/** Room for the bytes of one line: they are read in a fraction of the time that the characters of a string take. */
const bytes = Buffer.alloc(16 * 1024);

/**
 * A number for what stays of a line when all numbers and ids in it are taken away: lines that only differ in those
 * have the same one, and need to be masked once. It has 53 bits, from two hashes of 32. Of a line of more than 16 KiB,
 * the beginning counts.
 */
export function skeletonOf(line: string): number {
  const length = bytes.write(line, 'utf8');
  let one = 0x811c9dc5 | 0;
  let two = 0;
  let at = 0;
  while (at < length) {
    const byte = bytes[at] ?? 0;
    const kind = KINDS[byte] ?? OTHER;
    if (kind === OTHER) {
      one = Math.imul(one ^ byte, PRIME);
      two = (Math.imul(two, 31) + one) | 0;
      at += 1;
      continue;
    }
    // An atom of letters and digits: a number, an id, or a word that may have a number in it.
    const start = at;
    let kinds = 0;
    let first = one;
    let second = two;
    let sort = kind;
    do {
      kinds |= sort;
      first = Math.imul(first ^ (sort === DIGIT ? ZERO : (bytes[at] ?? 0)), PRIME);
      second = (Math.imul(second, 31) + first) | 0;
      at += 1;
      // How many digits a number has says nothing.
      if (sort === DIGIT) while (at < length && KINDS[bytes[at] ?? 0] === DIGIT) at += 1;
      sort = at < length ? (KINDS[bytes[at] ?? 0] ?? OTHER) : OTHER;
    } while (sort !== OTHER);
    const isId = (kinds & DIGIT) !== 0 && (kind === DIGIT || ((kinds & LETTER) === 0 && at - start >= SHORTEST_HEX));
    one = isId ? Math.imul(one ^ ZERO, PRIME) : first;
    two = isId ? (Math.imul(two, 31) + one) | 0 : second;
  }
  one ^= one >>> 15;
  two ^= two >>> 13;
  return (one >>> 0) * 0x20_00_00 + ((two >>> 0) & 0x1f_ff_ff);
}

/** Letters of hexadecimals that are shorter are words. */
export const SHORTEST_HEX = 6;

const PRIME = 0x01000193;
const OTHER = 0;
const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const ZERO = 0x30;

const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 128) return OTHER;
  const letter = String.fromCharCode(code);
  if (/\d/.test(letter)) return DIGIT;
  if (/[a-f]/i.test(letter)) return HEX;
  return /\w/.test(letter) ? LETTER : OTHER;
});
