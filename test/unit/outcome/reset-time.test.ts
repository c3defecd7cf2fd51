import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetTimeIn } from '../../../src/outcome/reset-time.ts';

/** A Saturday in the evening; in New York it is 22:00 on Friday. */
const NOW = Date.parse('2026-11-21T03:00:00Z');

/** When a text says that a limit ends, as an ISO date. */
function told(text: string, now = NOW, zone: string | number = 'Europe/Berlin'): string | null {
  const instant = resetTimeIn(text, now, zone);
  return instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z');
}

describe('resetTimeIn', () => {
  it.each([
    ['Claude AI usage limit reached|1795260600', '2026-11-21T11:30:00Z'],
    ['Claude AI usage limit reached|1795260600000', '2026-11-21T11:30:00Z'],
    ['usage limit reached|1749924000', '2025-06-14T18:00:00Z'],
    ['Claude usage limit reached. Your limit will reset at 9am (America/Chicago).', '2026-11-21T15:00:00Z'],
    ['Your limit will reset at 1pm (Etc/GMT+5)', '2026-11-21T18:00:00Z'],
    ["You've hit your session limit · resets 8pm (America/New_York)", '2026-11-22T01:00:00Z'],
    ["You've hit your session limit · resets 11:45pm (America/New_York)", '2026-11-21T04:45:00Z'],
    ["You've hit your session limit · resets 12:50am (Europe/Paris)", '2026-11-21T23:50:00Z'],
    ["You've hit your limit · resets 12am (UTC)", '2026-11-22T00:00:00Z'],
    ["You've hit your limit · resets 12pm (UTC) · progress saved", '2026-11-21T12:00:00Z'],
    ['5-hour limit reached ∙ resets 8pm', '2026-11-21T19:00:00Z'],
    ['limit reached - resets at 8:15 PM.', '2026-11-21T19:15:00Z'],
    ['limit reached - resets at 8:15\u202fPM', '2026-11-21T19:15:00Z'],
    ['limit reached, resets 17:00', '2026-11-21T16:00:00Z'],
    ['limit reached, resets 17:00 UTC', '2026-11-21T17:00:00Z'],
    ['limit reached, resets 5 p.m. PST', '2026-11-22T01:00:00Z'],
    ['Weekly limit reached ∙ resets Nov 24 at 5pm (UTC)', '2026-11-24T17:00:00Z'],
    ["You're out of usage credits · resets Nov 24, 5:30pm (Asia/Kolkata)", '2026-11-24T12:00:00Z'],
    ['resets November 24th, 2026 at 5:30 PM (UTC)', '2026-11-24T17:30:00Z'],
    ['resets 24 Nov 17:30 (UTC)', '2026-11-24T17:30:00Z'],
    ['resets Mon, Nov 23 at 9am (UTC)', '2026-11-23T09:00:00Z'],
    ['resets Jan 2, 2027, 5:30am (Asia/Seoul)', '2027-01-01T20:30:00Z'],
    ['resets Jan 2, 5:30am (Asia/Seoul)', '2027-01-01T20:30:00Z'],
    ['resets Nov 20 at 5pm (UTC)', '2026-11-20T17:00:00Z'],
    [
      'API Error: Request rejected (429) · spend limit reached · resets Dec 8 · request an increase at x',
      '2026-12-08T00:00:00Z',
    ],
    ['You will regain access on 2026-12-01 at 00:00 UTC.', '2026-12-01T00:00:00Z'],
    ['You will regain access on 2026-12-01.', '2026-12-01T00:00:00Z'],
    ['available again at 2026-12-01T07:30:00+02:00', '2026-12-01T05:30:00Z'],
    ['Try again after 2026-12-01 07:30:15 UTC', '2026-12-01T07:30:15Z'],
    ['blocked until 2026-12-01T07:30:00.250Z', '2026-12-01T07:30:00Z'],
    ['resets tomorrow at 9am (UTC)', '2026-11-22T09:00:00Z'],
    ['resets at 6am tomorrow', '2026-11-22T05:00:00Z'],
    ['resets Monday at 9am (UTC)', '2026-11-23T09:00:00Z'],
    ['resets Sat 2am (UTC)', '2026-11-28T02:00:00Z'],
    ['Please try again in 1m30s.', '2026-11-21T03:01:30Z'],
    ['Please retry after 26 seconds.', '2026-11-21T03:00:26Z'],
    ['Rate limited, please wait 2 hours and 5 minutes', '2026-11-21T05:05:00Z'],
    ['resets in 3 days', '2026-11-24T03:00:00Z'],
    ['try again later. It resets in ~2h', '2026-11-21T05:00:00Z'],
  ])('reads %j', (text, instant) => {
    expect(told(text)).toBe(instant);
  });

  it.each([
    ['Request rejected (429) · slow down'],
    ['This request would exceed your account’s rate limit. Please try again later.'],
    ['Too many tokens, please wait before trying again.'],
    ['Try again in a moment.'],
    ['your limit resets monthly'],
    ['resets 8'],
    ['resets at 25:00'],
    ['resets 13pm (UTC)'],
    ['resets 8pm (Middle/Earth)'],
    ['resets Feb 31 at 5pm'],
    ['resets 2026-13-01'],
    ['it was 8pm (UTC)'],
    [''],
  ])('reads nothing in %j', (text) => {
    expect(told(text)).toBeNull();
  });

  it('takes a time of day that is past for that of tomorrow, but not within its own minute', () => {
    const text = 'resets 3am (UTC)';
    expect(told(text, Date.parse('2026-11-21T02:59:00Z'))).toBe('2026-11-21T03:00:00Z');
    expect(told(text, Date.parse('2026-11-21T03:00:59Z'))).toBe('2026-11-21T03:00:00Z');
    expect(told(text, Date.parse('2026-11-21T03:01:00Z'))).toBe('2026-11-22T03:00:00Z');
  });

  it('knows that clocks change', () => {
    const beforeSpring = Date.parse('2026-03-08T04:00:00Z');
    expect(told('resets 9am (America/New_York)', beforeSpring)).toBe('2026-03-08T13:00:00Z');
    expect(told('resets 1am (America/New_York)', beforeSpring)).toBe('2026-03-08T06:00:00Z');
    // Half past two is left out that night.
    expect(told('resets 2:30am (America/New_York)', beforeSpring)).toBe('2026-03-08T07:30:00Z');
    const beforeAutumn = Date.parse('2026-11-01T03:00:00Z');
    expect(told('resets 9am (America/New_York)', beforeAutumn)).toBe('2026-11-01T14:00:00Z');
    // Half past one comes twice.
    expect(told('resets 1:30am (America/New_York)', beforeAutumn)).toBe('2026-11-01T05:30:00Z');
    expect(told('resets Nov 2 at 9am (America/New_York)', beforeAutumn)).toBe('2026-11-02T14:00:00Z');
  });

  it('takes the end that is told first', () => {
    expect(told('limit reached · resets Dec 1, 9am (UTC) · your session limit resets 5am (UTC)')).toBe(
      '2026-12-01T09:00:00Z',
    );
  });

  it('takes any text', () => {
    const words = fc.constantFrom(
      'resets',
      ' ',
      'at',
      '8pm',
      '|',
      '1795260600',
      '(UTC)',
      '(',
      'Oct',
      '3',
      ',',
      '2026-12-01',
      'in',
      '99999999d',
      'T',
      '24:61',
      'tomorrow',
      'Mon',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((each) => each.join(' ')),
        ),
        (text) => {
          const instant = resetTimeIn(`resets ${text}`, NOW);
          expect(instant === null || Number.isFinite(instant)).toBe(true);
        },
      ),
    );
  });
});
