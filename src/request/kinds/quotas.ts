import type { Kind } from './kind.ts';
import { listOf, names } from './lists.ts';

/** How much of something may be used, at most. */
export interface Quota {
  /** Above zero; whole, but for dollars. */
  readonly amount: number;
  readonly unit: Unit;
  /** In how long; null for what is counted at any one moment. */
  readonly per: Period | null;
}

/** What is counted: requests that came, runs that wait or go on, dollars by claude's own estimate, tokens. */
export type Unit = keyof typeof PERIODS;

/** A minute is any sixty seconds; the others are those of the calendar, and weeks begin on Monday. */
export type Period = 'minute' | CalendarPeriod;

export type CalendarPeriod = 'day' | 'week' | 'month';

const PERIODS = {
  requests: ['minute', 'day', 'week', 'month'],
  runs: [null],
  usd: ['day', 'week', 'month'],
  tokens: ['day', 'week', 'month'],
} as const satisfies Readonly<Record<string, readonly (Period | null)[]>>;

/** Which quotas are wanted somewhere, and what errors call one. */
interface Wanted {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly expected: string;
}

const ANY: Wanted = {
  name: 'quota',
  units: ['requests', 'runs', 'usd', 'tokens'],
  expected: 'a quota such as 60requests/minute, 4runs, 5usd/day or 2Mtokens/month',
};

const BUDGET: Wanted = {
  name: 'budget',
  units: ['usd', 'tokens'],
  expected: 'a budget such as 5usd/day, 20usd/week or 2Mtokens/month',
};

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/** Quotas as they are written, with commas or blanks between them, no two of one kind. */
export const quotas: Kind<readonly string[]> = {
  ...listOf((value) => parseQuotas(value, ANY)),
  expected: 'a list of quotas such as 5usd/day, no two of one kind',
};

/** Quotas of what is only known once it was used: dollars and tokens. */
export const budgets: Kind<readonly string[]> = {
  ...listOf((value) => parseQuotas(value, BUDGET)),
  expected: 'a list of budgets such as 5usd/day, no two of one kind',
};

function parseQuotas(value: unknown, wanted: Wanted): readonly string[] {
  const read = names.parse(value).map((text) => showQuota(readQuota(text, wanted)));
  const twice = read.find((text, index) => read.some((other, at) => at < index && isSameKind(other, text)));
  if (twice !== undefined) throw new Error(`the only ${wanted.name} of its kind`, { cause: twice });
  return read;
}

/** @throws Error that says what was expected */
export function parseQuota(text: string): Quota {
  return readQuota(text, ANY);
}

function readQuota(text: string, { units, expected }: Wanted): Quota {
  const [, number = '', multiple = '', unit = '', period] =
    /^(\d{1,15}(?:\.\d{1,6})?)([km]?)(requests?|runs?|usd|tokens?)(?:\/([a-z]+))?$/i.exec(text) ?? [];
  const amount = Number(number) * (MULTIPLES[multiple.toLowerCase()] ?? 1);
  const found = [...kinds(units)].find(
    (kind) => kind.unit.replace(/s$/, '') === unit.toLowerCase().replace(/s$/, '') && kind.per === (period ?? null),
  );
  const isCountable = found?.unit === 'usd' || Number.isSafeInteger(amount);
  if (found === undefined || !(amount > 0) || !isCountable) throw new Error(expected, { cause: text });
  return { amount, ...found };
}

/** As it can be read again: `5usd/day`. */
export function showQuota({ amount, unit, per }: Quota): string {
  return `${amount}${unit}${per === null ? '' : `/${per}`}`;
}

/** The second quotas, each in place of the first ones' of its kind. */
export function overridden(quotas: readonly Quota[], by: readonly Quota[]): readonly Quota[] {
  const isOverridden = (one: Quota): boolean => by.some(({ unit, per }) => one.unit === unit && one.per === per);
  return [...quotas.filter((one) => !isOverridden(one)), ...by];
}

function* kinds(units: readonly Unit[]): Generator<Pick<Quota, 'unit' | 'per'>, void, undefined> {
  for (const unit of units) {
    for (const per of PERIODS[unit]) yield { unit, per };
  }
}

function isSameKind(one: string, other: string): boolean {
  const [first, second] = [parseQuota(one), parseQuota(other)];
  return first.unit === second.unit && first.per === second.per;
}
