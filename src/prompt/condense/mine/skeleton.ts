/**
 * A number for what stays of a line when all numbers and ids in it are taken away: lines that only differ in those
 * have the same one, and need to be masked once. Two hashes of 32 bits are in it, of which 53 bits are kept.
 */
export function skeletonOf(line: string): number {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  const { length } = line;
  for (let at = 0; at < length;) {
    const code = line.charCodeAt(at);
    const kind = code < 128 ? (KINDS[code] ?? OTHER) : OTHER;
    if (kind === OTHER) {
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ code, 0x5bd1e995);
      at += 1;
      continue;
    }
    // An atom of letters and digits: a number, an id, or a word that may have a number in it.
    const start = at;
    let kinds = 0;
    let first = one;
    let second = two;
    let wasDigit = false;
    for (; at < length; at += 1) {
      const letter = line.charCodeAt(at);
      const sort = letter < 128 ? (KINDS[letter] ?? OTHER) : OTHER;
      if (sort === OTHER) break;
      kinds |= sort;
      const isDigit = sort === DIGIT;
      if (!(isDigit && wasDigit)) {
        const unit = isDigit ? ZERO : letter;
        first = Math.imul(first ^ unit, 0x01000193);
        second = Math.imul(second ^ unit, 0x5bd1e995);
      }
      wasDigit = isDigit;
    }
    const isId = (kinds & DIGIT) !== 0 && (kind === DIGIT || ((kinds & LETTER) === 0 && at - start >= SHORTEST_HEX));
    one = isId ? Math.imul(one ^ ZERO, 0x01000193) : first;
    two = isId ? Math.imul(two ^ ZERO, 0x5bd1e995) : second;
  }
  one ^= one >>> 15;
  two ^= two >>> 13;
  return (one >>> 0) * 0x20_00_00 + ((two >>> 0) & 0x1f_ff_ff);
}

/** Letters of hexadecimals that are shorter are words. */
export const SHORTEST_HEX = 6;

const OTHER = 0;
const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const ZERO = 0x30;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (/\d/.test(letter)) return DIGIT;
  if (/[a-f]/i.test(letter)) return HEX;
  return /\w/.test(letter) ? LETTER : OTHER;
});
