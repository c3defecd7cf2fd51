/**
 * The signature of three characters: the low five bits of each, which folds letter case and fits 15 bits. Different
 * triples share one; it only has to be rare in ordinary text.
 */
export function signatureOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/**
 * How rare a character is in logs, code and prose, by its low five bits: minus the logarithm of its share in halves of
 * a bit, as counted over 9 MB of such text. Blanks share the first place; a to z come next, with what folds onto them.
 */
const RARITY = Array.from('59baa7cca8af9a89bf988beefddcdchf', (digit) => Number.parseInt(digit, 36));

/** The rarity of a character; larger is rarer. */
export function rarityOf(code: number): number {
  return RARITY[code & 31] ?? 0;
}
