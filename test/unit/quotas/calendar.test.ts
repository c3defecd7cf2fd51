import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/quotas/calendar.ts';

const PERIODS = ['day', 'week', 'month'] as const;

const HOUR = 3_600_000;

describe('a calendar', () => {
  it.each([
    ['a day', 'Europe/Berlin', 'day', '2026-11-30T12:00:00Z', '2026-12-01T00:00:00+01:00'],
    ['a day of 23 hours', 'Europe/Berlin', 'day', '2026-03-29T00:30:00Z', '2026-03-30T00:00:00+02:00'],
    ['a day of 25 hours', 'Europe/Berlin', 'day', '2026-10-25T00:30:00Z', '2026-10-26T00:00:00+01:00'],
    [
      'a day before one without midnight',
      'America/Sao_Paulo',
      'day',
      '2018-11-03T12:00:00Z',
      '2018-11-04T01:00:00-02:00',
    ],
    ['a day before one that was left out', 'Pacific/Apia', 'day', '2011-12-30T08:00:00Z', '2011-12-31T00:00:00+14:00'],
    ['a day far in the east', 'Pacific/Kiritimati', 'day', '2026-11-30T12:00:00Z', '2026-12-02T00:00:00+14:00'],
    ['a day at a quarter past', 'Asia/Kathmandu', 'day', '2026-11-30T18:14:59Z', '2026-12-01T00:00:00+05:45'],
    ['a week, on a Sunday', 'UTC', 'week', '2026-12-06T23:59:59Z', '2026-12-07T00:00:00+00:00'],
    ['a week, on a Monday', 'UTC', 'week', '2026-11-30T00:00:00Z', '2026-12-07T00:00:00+00:00'],
    ['a month of 28 days', 'America/New_York', 'month', '2026-02-01T12:00:00Z', '2026-03-01T00:00:00-05:00'],
    ['a month of 29 days', 'UTC', 'month', '2028-02-29T12:00:00Z', '2028-03-01T00:00:00+00:00'],
    ['the last month of a year', 'UTC', 'month', '2026-12-31T12:00:00Z', '2027-01-01T00:00:00+00:00'],
  ] as const)('knows the end of %s', (_, zone, per, at, end) => {
    const calendar = createCalendar(zone);
    expect(calendar.show(calendar.periodOf(per, Date.parse(at)).endsAt)).toBe(end);
  });

  it('tells days as they are there', () => {
    expect(createCalendar('Asia/Tokyo').dayOf(Date.parse('2026-11-30T15:00:00Z'))).toBe('2026-12-01');
    expect(createCalendar('America/Los_Angeles').dayOf(Date.parse('2026-12-01T07:59:00Z'))).toBe('2026-11-30');
  });

  it('is that of this machine where nothing else is said', () => {
    const time = Date.parse('2026-06-15T12:00:00Z');
    expect(createCalendar().show(time)).toBe(
      createCalendar(Intl.DateTimeFormat().resolvedOptions().timeZone).show(time),
    );
  });

  it('has periods that hold the time, end after it, and begin where the one before ended', () => {
    const zones = fc.constantFrom('UTC', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo');
    const times = fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2035-01-01') });
    fc.assert(
      fc.property(zones, times, fc.constantFrom(...PERIODS), (zone, at, per) => {
        const calendar = createCalendar(zone);
        const { first, last, endsAt } = calendar.periodOf(per, at);
        const day = calendar.dayOf(at);
        expect(first <= day && day <= last && endsAt > at).toBe(true);
        expect(calendar.dayOf(endsAt - 1)).toBe(last);
        expect(calendar.periodOf(per, endsAt).first).toBe(calendar.dayOf(endsAt));
        expect(endsAt - at).toBeLessThanOrEqual({ day: 25, week: 169, month: 745 }[per] * HOUR);
      }),
    );
  });
});
