import { ANY_QUOTA, isSameKind, readQuota, showQuota, type Wanted } from '../../quotas/quota.ts';
import type { Kind } from './kind.ts';
import { listOf, names } from './lists.ts';

/** Quotas as they are written, with commas or blanks between them, no two of one kind. */
export const quotas: Kind<readonly string[]> = {
  ...listOf((value) => readQuotas(value, 'quota', ANY_QUOTA)),
  expected: 'a list of quotas such as 5usd/day, no two of one kind',
};

/** Quotas of what is only known once it was used: dollars and tokens. */
export const budgets: Kind<readonly string[]> = {
  ...listOf((value) =>
    readQuotas(value, 'budget', {
      units: ['usd', 'tokens'],
      expected: 'a budget such as 5usd/day, 20usd/week or 2Mtokens/month',
    }),
  ),
  expected: 'a list of budgets such as 5usd/day, no two of one kind',
};

function readQuotas(value: unknown, name: string, wanted: Wanted): readonly string[] {
  const read = names.parse(value).map((text) => readQuota(text, wanted));
  const twice = read.find((quota, index) => read.slice(0, index).some((other) => isSameKind(other, quota)));
  if (twice !== undefined) throw new Error(`the only ${name} of its kind`, { cause: showQuota(twice) });
  return read.map(showQuota);
}
