import { LONGEST_DELAY_MS } from '../../limits.ts';
import { type Kind, kindOf, type Parse } from './kind.ts';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const LONGEST_LIFETIME_MS = 366 * UNITS.d;

const OLDEST_MS = 7 * UNITS.d;

const DURATION = 'a duration such as 90s, 5m or 1h30m';

/** `90s`, `5m`, `1h30m`, `250ms`; a bare number is seconds. In milliseconds. */
export const duration: Kind<number> = kindOf({
  parse: (value) => bounded(durationOf(value), DURATION),
  expected: `a whole number of milliseconds from 1 to ${LONGEST_DELAY_MS}`,
  show: formatDuration,
  schema: { type: 'integer', minimum: 1, maximum: LONGEST_DELAY_MS },
});

/** A duration, or 0 for no wait at all. In milliseconds. */
export const wait: Kind<number> = kindOf({
  parse: (value) => (/^0+(?:ms|[smhd])?$/.test(String(value).trim()) ? 0 : duration.parse(value)),
  expected: `a whole number of milliseconds from 0 to ${LONGEST_DELAY_MS}`,
  show: formatDuration,
  schema: { type: 'integer', minimum: 0, maximum: LONGEST_DELAY_MS },
});

/** How old something may be, up to a week; 0 for not at all. In milliseconds. */
export const age: Kind<number> = kindOf({
  parse(value) {
    const milliseconds = wait.parse(value);
    if (milliseconds > OLDEST_MS) throw new Error(`${DURATION}, at most 7d`);
    return milliseconds;
  },
  expected: `a whole number of milliseconds from 0 to ${OLDEST_MS}`,
  show: formatDuration,
  schema: { type: 'integer', minimum: 0, maximum: OLDEST_MS },
});

/** A duration that nothing waits for, up to a year. In milliseconds. */
export const lifetime: Kind<number> = kindOf({
  parse(value) {
    const milliseconds = durationOf(value);
    if (milliseconds < 1 || milliseconds > LONGEST_LIFETIME_MS) throw new Error(`${DURATION}, from 1ms to 366d`);
    return Math.round(milliseconds);
  },
  expected: `a whole number of milliseconds from 1 to ${LONGEST_LIFETIME_MS}`,
  show: formatDuration,
  schema: { type: 'integer', minimum: 1, maximum: LONGEST_LIFETIME_MS },
});

/** Reads a whole number of milliseconds. */
export const parseMilliseconds: Parse<number> = (value) => {
  const text = String(value).trim();
  if (!/^\d+$/.test(text)) throw new Error('a whole number of milliseconds');
  return bounded(Number(text), 'a number of milliseconds');
};

/** A duration as it can be typed again: the largest unit that gives a whole number. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const unit = (['d', 'h', 'm', 's'] as const).find((name) => milliseconds % UNITS[name] === 0);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / UNITS[unit]}${unit}`;
}

function durationOf(value: unknown): number {
  const text = String(value).trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) throw new Error(DURATION);
  return parts.reduce((total, [, number, unit]) => total + Number(number) * (isUnit(unit) ? UNITS[unit] : 0), 0);
}

function isUnit(unit: string | undefined): unit is keyof typeof UNITS {
  return unit !== undefined && Object.hasOwn(UNITS, unit);
}

function bounded(milliseconds: number, expected: string): number {
  if (milliseconds < 1 || milliseconds > LONGEST_DELAY_MS) throw new Error(`${expected}, from 1ms to 24d`);
  return Math.round(milliseconds);
}
