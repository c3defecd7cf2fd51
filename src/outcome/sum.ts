/** A sum that stays finite, so that JSON can say it, however large the numbers are that claude writes. */
export function sum(...numbers: readonly number[]): number {
  const total = numbers.reduce((one, other) => one + other, 0);
  return Math.min(Math.max(total, -Number.MAX_VALUE), Number.MAX_VALUE);
}
