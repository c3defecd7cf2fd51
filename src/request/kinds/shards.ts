import { type Kind, kindOf } from './kind.ts';

/** One of several parts. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

const EXPECTED = 'a part of so many, from 1/8 to 8/8';

/** A part of so many, as test runners have it: `1/8` to `8/8`. */
export const shard: Kind<string> = kindOf({
  parse(value) {
    if (typeof value === 'string' && shardOf(value) !== null) return value;
    throw new Error(EXPECTED);
  },
  expected: EXPECTED,
  schema: { type: 'string', pattern: '^[1-9]\\d{0,5}/[1-9]\\d{0,5}$' },
});

/** Null for what is none. */
export function shardOf(text: string): Shard | null {
  const [, index, count] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  return index === undefined || count === undefined || index > count ? null : { index, count };
}
