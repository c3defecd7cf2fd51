import { ALNUM, isIn } from '../scan/alphabets.ts';
import { isCommon, tripleAt } from '../scan/signature.ts';

/** A word as names in code have it: small letters, the first perhaps a capital, or nothing but capitals. */
const WORD = /[A-Z]?[a-z]{2,}|(?<![A-Za-z\d])[A-Z]{4,}(?![A-Za-z\d])/g;
const MIN_WORD = 4;
const MOSTLY = 0.6;
const MAX_PER_COMMON = 6;

/**
 * Whether a value is words joined together, as names in code are, numbered ones too: `Saml2X509Credential`,
 * `created_at_2`. What was drawn by lot has hardly any.
 */
export function isWordy(value: string): boolean {
  let inWords = 0;
  let plain = 0;
  for (const [word] of value.matchAll(WORD)) if (word.length >= MIN_WORD && canBeSaid(word)) inWords += word.length;
  for (let index = 0; index < value.length; index += 1) if (isIn(ALNUM, value.charCodeAt(index))) plain += 1;
  return plain > 0 && inWords / plain >= MOSTLY;
}

/** Whether enough of its letters follow one another as they do in ordinary text. */
function canBeSaid(word: string): boolean {
  let common = 0;
  const triples = word.length - 2;
  for (let index = 0; index < triples; index += 1) if (isCommon(tripleAt(word, index))) common += 1;
  return common > 0 && common * MAX_PER_COMMON >= triples;
}
