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

/** Some of all the quotas there are. */
export interface Wanted {
  readonly units: readonly Unit[];
  /** What an error says was expected. */
  readonly expected: string;
}

export const ANY_QUOTA: Wanted = {
  units: ['requests', 'runs', 'usd', 'tokens'],
  expected: 'a quota such as 60requests/minute, 4runs, 5usd/day or 2Mtokens/month',
};

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/** Reads `5usd/day`. @throws Error that says what was expected */
export function parseQuota(text: string): Quota {
  return readQuota(text, ANY_QUOTA);
}

/** Reads a quota of some units alone. @throws Error that says what was expected */
export function readQuota(text: string, { units, expected }: Wanted): Quota {
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

/** Whether two count the same, in the same time. */
export function isSameKind(one: Quota, other: Quota): boolean {
  return one.unit === other.unit && one.per === other.per;
}

/** Both lists as one: where a quota of each counts the same, the second list has the say. */
export function overridden(quotas: readonly Quota[], by: readonly Quota[]): readonly Quota[] {
  return [...quotas.filter((quota) => !by.some((other) => isSameKind(quota, other))), ...by];
}

function* kinds(units: readonly Unit[]): Generator<Pick<Quota, 'unit' | 'per'>, void, undefined> {
  for (const unit of units) {
    for (const per of PERIODS[unit]) yield { unit, per };
  }
}
