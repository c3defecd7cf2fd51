import { COMMON_TRIPLES } from './common-triples.ts';

/**
 * The signature of three characters: the low five bits of each, which folds letter case and fits 15 bits. Different
 * triples share one; it only has to be rare in ordinary text.
 */
function signatureOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/** The signature of the three characters at `position`; behind the text stands nothing. */
export function tripleAt(text: string, position: number): number {
  return signatureOf(text.charCodeAt(position), text.charCodeAt(position + 1), text.charCodeAt(position + 2));
}

/** The share of each character in such text, by its low five bits, in halves of a bit: minus its logarithm. */
const RARITY = Array.from('59baa7cca8af9a89bf988beefddcdchf', (digit) => Number.parseInt(digit, 36));

const RANKS = new Map<number, number>();
const COMMON = new Uint8Array(2 ** 15);
for (let at = 0; at < COMMON_TRIPLES.length; at += 3) {
  const signature = tripleAt(COMMON_TRIPLES, at);
  RANKS.set(signature, RANKS.size);
  COMMON[signature] = 1;
}

/** The share of ordinary text's triples that have a signature, roughly: a rare one is a good place to stop at. */
export function shareOf(signature: number): number {
  const rank = RANKS.get(signature);
  // As counted: the hundredth has a thousandth, the nine hundredth a tenth of that.
  if (rank !== undefined) return 0.12 / (rank + 3);
  const rarity = (RARITY[signature >> 10] ?? 0) + (RARITY[(signature >> 5) & 31] ?? 0) + (RARITY[signature & 31] ?? 0);
  return Math.min(2 ** (-rarity / 2), 0.0001);
}

/** Whether ordinary text is full of such triples. */
export function isCommon(signature: number): boolean {
  return COMMON[signature] === 1;
}
