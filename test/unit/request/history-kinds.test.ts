import { describe, expect, it } from 'vitest';
import { labels, labelsOf } from '../../../src/request/kinds/labels.ts';
import { moment } from '../../../src/request/kinds/moments.ts';

describe('a moment', () => {
  it.each([
    ['2026-11-30T09:00:00Z', '2026-11-30T09:00:00.000Z'],
    ['2026-11-30T09:00:00+01:00', '2026-11-30T08:00:00.000Z'],
    ['2024-02-29', new Date(2024, 1, 29).toISOString()],
    ['2026-11-30 09:30', new Date(2026, 10, 30, 9, 30).toISOString()],
  ])('reads %s', (text, read) => {
    expect(moment.parse(text)).toBe(read);
    expect(moment.is(read)).toBe(true);
  });

  it('reads how long ago it was, and days by their names', () => {
    const ago = Date.now() - Date.parse(moment.parse('36h'));
    expect(Math.abs(ago - 36 * 3_600_000)).toBeLessThan(10_000);
    const today = Date.parse(moment.parse('today'));
    expect(new Date(today).getHours()).toBe(0);
    // The last day of summer time has 25 hours, the first 23.
    expect(today - Date.parse(moment.parse('Yesterday'))).toBeGreaterThanOrEqual(23 * 3_600_000);
  });

  it.each(['', '5', 'soon', '2026-13-01', '2026-02-31', '2026-1-1', '30.11.2026', '7 days', '-7d', '9000d'])(
    'refuses "%s"',
    (text) => {
      expect(() => moment.parse(text)).toThrow(/^a d/);
    },
  );
});

describe('labels', () => {
  it('are texts by name', () => {
    const parsed = labels.parse(['team=shop', 'job=a=b', 'team=api', 'empty=']);
    expect(labelsOf(parsed)).toEqual({ team: 'api', job: 'a=b', empty: '' });
  });

  it.each([['team'], ['=x'], ['1st=x'], ['a b=x'], [`a=${'x'.repeat(201)}`]])('refuse "%s"', (text) => {
    expect(() => labels.parse(text)).toThrow(/NAME|label/);
  });

  it('are not more than twenty', () => {
    expect(() => labels.parse(Array.from({ length: 21 }, (_, index) => `a${index}=x`))).toThrow(/at most 20/);
  });
});
