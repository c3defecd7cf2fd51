import { type Kind, kindOf } from './kind.ts';

/** Above it, numbers are no longer told apart. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** A whole number, not negative. */
export const count: Kind<number> = kindOf({
  parse: parseCount,
  expected: 'a whole number, 0 or more',
  schema: { type: 'integer', minimum: 0, maximum: LARGEST },
});

/** A whole number above zero. */
export const positive: Kind<number> = kindOf({
  parse(value) {
    const number = parseCount(value);
    if (number === 0) throw new Error('a whole number above 0');
    return number;
  },
  expected: 'a whole number above 0',
  schema: { type: 'integer', minimum: 1, maximum: LARGEST },
});

/** An amount, above zero. */
export const amount: Kind<number> = kindOf({
  parse(value) {
    const number = Number(String(value).trim() || 'none');
    if (!(number > 0) || !Number.isFinite(number)) throw new Error('a number above 0');
    return number;
  },
  expected: 'a number above 0',
  schema: { type: 'number', exclusiveMinimum: 0 },
});

function parseCount(value: unknown): number {
  const text = String(value).trim();
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) throw new Error('a whole number');
  return Number(text);
}
