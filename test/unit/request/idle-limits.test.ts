import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleLimits } from '../../../src/request/kinds/idle-limits.ts';

const MINUTES = 60_000;

describe('limits of patience', () => {
  it.each<[unknown, number | undefined, number | undefined, number | undefined]>([
    ['5m', 5, 5, 5],
    [300, 5, 5, 5],
    ['tool=1h', undefined, 60, undefined],
    ['api=5m,tool=1h,text=2m', 5, 60, 2],
    [' text = 2m , api=1m', 1, undefined, 2],
    [{ api: '5m', text: 120 }, 5, undefined, 2],
    [['api=5m', 'tool=1h'], 5, 60, undefined],
    [{}, undefined, undefined, undefined],
  ])('are written %j', (value, ...minutes) => {
    const [api, tool, text] = minutes.map((limit) => (limit === undefined ? undefined : limit * MINUTES));
    expect(idleLimits.parse(value)).toEqual({ api, tool, text });
  });

  it.each<[unknown, RegExp]>([
    ['soon', /^a duration such as/],
    ['api=soon', /^a limit of one state/],
    ['api=', /^a limit of one state/],
    ['api=25d', /from 1ms to 24d$/],
    ['apo=5m', /^a limit of one state \(api, tool, text\) such as api=5m, from 1ms to 24d$/],
    ['api=5m,', /^a limit of one state/],
    ['api=5m,10m', /^a limit of one state/],
    ['api=5m,api=6m', /^api has two limits$/],
    [{ start: '5m' }, /^a limit of one state/],
    [{ api: null }, /^a limit of one state/],
    ['', /^a duration such as/],
    [null, /^a duration such as/],
  ])('cannot be %j', (value, message) => {
    expect(() => idleLimits.parse(value)).toThrow(message);
  });

  it('can be typed again as they are shown', () => {
    expect(idleLimits.show?.(idleLimits.parse('5m'))).toBe('5m');
    expect(idleLimits.show?.(idleLimits.parse('tool=1h'))).toBe('tool=1h');
    const limit = fc.integer({ min: 1, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(fc.record({ api: limit, tool: limit, text: limit }), (limits) => {
        expect(idleLimits.parse(idleLimits.show?.(limits))).toEqual(limits);
      }),
    );
  });
});
