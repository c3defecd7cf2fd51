import type { Tally } from './tally.ts';

/** What is to come, as far as that can be told. */
export interface Outlook {
  /** How many rows there are; null where that can't be told. */
  readonly total: number | null;
  /** Whether all have been read: before that, the total is judged by how much of the source those take that have been. */
  readonly isExact: boolean;
  /** Items that reach their end in a minute; null before there is one. */
  readonly perMinute: number | null;
  /** Milliseconds until all are; null where that can't be told. */
  readonly leftMs: number | null;
}

/** @param elapsedMs since the batch was started */
export function outlookOf({ rows, share, ended, running }: Tally, elapsedMs: number): Outlook {
  const total = share === null || share === 0 ? null : Math.max(rows, Math.round(rows / share));
  const perMinute = ended === 0 || elapsedMs === 0 ? null : (ended / elapsedMs) * 60_000;
  const left = total === null ? null : total - rows + running.length;
  return {
    total,
    isExact: share === 1,
    perMinute,
    leftMs: left === null || perMinute === null ? null : (left / perMinute) * 60_000,
  };
}
