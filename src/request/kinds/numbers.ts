import { type Kind, kindOf } from './kind.ts';

/** Above it, numbers are no longer told apart. */
const LARGEST = Number.MAX_SAFE_INTEGER;

const COUNT = 'a whole number, 0 or more';
const POSITIVE = 'a whole number above 0';

/** A whole number, not negative. */
export const count: Kind<number> = kindOf({
  parse: (value) => parseCount(value, 0, COUNT),
  expected: COUNT,
  schema: { type: 'integer', minimum: 0, maximum: LARGEST },
});

/** A whole number above zero. */
export const positive: Kind<number> = kindOf({
  parse: (value) => parseCount(value, 1, POSITIVE),
  expected: POSITIVE,
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

function parseCount(value: unknown, least: number, expected: string): number {
  const text = String(value).trim();
  const number = /^\d+$/.test(text) ? Number(text) : -1;
  if (number < least || !Number.isSafeInteger(number)) throw new Error(expected);
  return number;
}
