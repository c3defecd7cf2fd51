import { ALNUM, isIn, LOWER_CASE, UPPER_CASE } from '../scan/alphabets.ts';
import { isCommon, tripleAt } from '../scan/signature.ts';

const MIN_WORD = 4;
const MIN_SMALL = 2;
const MOSTLY = 0.6;
const MAX_PER_COMMON = 6;

/**
 * Whether a value is words joined together, as names in code are, numbered ones too: `Saml2X509Credential`,
 * `created_at_2`. What was drawn by lot has hardly any.
 */
export function isWordy(value: string): boolean {
  let inWords = 0;
  let plain = 0;
  for (let index = 0; index < value.length;) {
    const end = wordEnd(value, index);
    if (end - index >= MIN_WORD && canBeSaid(value, index, end)) inWords += end - index;
    const next = Math.max(end, index + 1);
    for (; index < next; index += 1) if (isIn(ALNUM, value.charCodeAt(index))) plain += 1;
  }
  return plain > 0 && inWords / plain >= MOSTLY;
}

/**
 * Where the word ends that begins at `start`, or `start` when none does: small letters, the first perhaps a capital, or
 * nothing but capitals, as names in code have them.
 */
function wordEnd(value: string, start: number): number {
  const isCapital = isIn(UPPER_CASE, value.charCodeAt(start));
  const small = isCapital ? start + 1 : start;
  const end = runEnd(LOWER_CASE, value, small);
  if (end - small >= MIN_SMALL) return end;
  if (!isCapital || isIn(ALNUM, value.charCodeAt(start - 1))) return start;
  const capitals = runEnd(UPPER_CASE, value, start);
  return isIn(ALNUM, value.charCodeAt(capitals)) ? start : capitals;
}

function runEnd(mask: number, value: string, start: number): number {
  let end = start;
  while (isIn(mask, value.charCodeAt(end))) end += 1;
  return end;
}

/** Whether enough of its letters follow one another as they do in ordinary text. */
function canBeSaid(value: string, start: number, end: number): boolean {
  let common = 0;
  const triples = end - start - 2;
  for (let index = start; index < end - 2; index += 1) if (isCommon(tripleAt(value, index))) common += 1;
  return common > 0 && common * MAX_PER_COMMON >= triples;
}
