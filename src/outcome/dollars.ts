/** Digits behind the point that costs are kept to; a token costs a ten-millionth of a dollar and more. */
const DIGITS = 10;

/** An amount without what sums of binary fractions leave at its end: 0.00056 for 0.0005600000000000001. */
export function dollars(amount: number): number {
  const scaled = amount * 10 ** DIGITS;
  // Of a larger one no such digit is known.
  return Math.abs(scaled) > Number.MAX_SAFE_INTEGER ? amount : Math.round(scaled) / 10 ** DIGITS;
}
