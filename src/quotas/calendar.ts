import type { CalendarPeriod } from './quota.ts';

/** Days, weeks and months as they are somewhere. Times are milliseconds since 1970, days `2026-11-30`. */
export interface Calendar {
  dayOf(time: number): string;
  /** The period that a time is in. */
  periodOf(per: CalendarPeriod, time: number): CalendarSpan;
  /** A time as it is told there, with its offset: `2026-12-01T00:00:00+01:00`. Parts of a second count as one. */
  show(time: number): string;
}

/** A period of whole days. */
export interface CalendarSpan {
  readonly first: string;
  readonly last: string;
  /** When the next one begins, be the last day of 23 hours or of 25. */
  readonly endsAt: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** No place is further from UTC than that. */
const FARTHEST = 15 * HOUR;

/** @param timeZone a name such as `Europe/Berlin`, which there must be; default: that of this machine */
export function createCalendar(timeZone?: string): Calendar {
  let format: Intl.DateTimeFormat | null = null;

  function partsOf(time: number): Readonly<Record<string, string>> {
    // To make it takes longer than most of a server's start, and not every one needs it.
    format ??= formatIn(timeZone);
    return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  }

  function dayOf(time: number): string {
    const { year, month, day } = partsOf(time);
    return `${year}-${month}-${day}`;
  }

  /** The first moment of a day, or, where a day was left out, of the next: looked for, since not each begins at midnight. */
  function startOf(day: string): number {
    let [before, after] = [Date.parse(day) - FARTHEST, Date.parse(day) + FARTHEST + DAY];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (dayOf(middle) < day) before = middle;
      else after = middle;
    }
    return after;
  }

  return {
    dayOf,
    periodOf(per, time) {
      const { first, next } = daysOf(per, dayOf(time));
      return { first, last: shifted(next, -1), endsAt: startOf(next) };
    },
    show(time) {
      const { year, month, day, hour, minute, second, timeZoneName = '' } = partsOf(Math.ceil(time / 1_000) * 1_000);
      const [offset = '+00:00'] = /[+-]\d\d:\d\d/.exec(timeZoneName) ?? [];
      return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
    },
  };
}

function formatIn(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
}

/** Where a period begins that a day is in, and the next one. */
function daysOf(per: CalendarPeriod, day: string): { readonly first: string; readonly next: string } {
  switch (per) {
    case 'day':
      return { first: day, next: shifted(day, 1) };
    case 'week': {
      const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
      const first = shifted(day, -sinceMonday);
      return { first, next: shifted(first, 7) };
    }
    case 'month': {
      const first = `${day.slice(0, 8)}01`;
      return { first, next: `${shifted(first, 31).slice(0, 8)}01` };
    }
  }
}

/** So many days later. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
