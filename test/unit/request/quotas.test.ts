import { describe, expect, it } from 'vitest';
import { budgets, quotas } from '../../../src/request/kinds/quotas.ts';
import { overridden, parseQuota, showQuota } from '../../../src/quotas/quota.ts';

describe('quotas', () => {
  it.each([
    ['5usd/day', { amount: 5, unit: 'usd', per: 'day' }, '5usd/day'],
    ['0.25USD/week', { amount: 0.25, unit: 'usd', per: 'week' }, '0.25usd/week'],
    ['2Mtokens/month', { amount: 2_000_000, unit: 'tokens', per: 'month' }, '2000000tokens/month'],
    ['1.5ktokens/day', { amount: 1_500, unit: 'tokens', per: 'day' }, '1500tokens/day'],
    ['1request/minute', { amount: 1, unit: 'requests', per: 'minute' }, '1requests/minute'],
    ['4runs', { amount: 4, unit: 'runs', per: null }, '4runs'],
  ])('reads %s, and writes it again', (text, quota, shown) => {
    expect(parseQuota(text)).toEqual(quota);
    expect(showQuota(parseQuota(text))).toBe(shown);
    expect(parseQuota(shown)).toEqual(quota);
  });

  it.each([
    '',
    '5',
    'usd/day',
    '5usd',
    '5usd/minute',
    '5usd/year',
    '4runs/day',
    '60requests',
    '0usd/day',
    '-1usd/day',
    '1.5requests/day',
    '1e3tokens/day',
    '5eur/day',
    '5usd/day/week',
    '99999999999999999usd/day',
    '999999999999999Mtokens/day',
  ])('refuses "%s"', (text) => {
    expect(() => parseQuota(text)).toThrow(/^a quota such as 60requests\/minute/);
  });

  it('are a list, each kind once', () => {
    expect(quotas.parse('5USD/day, 4run 1ktokens/week')).toEqual(['5usd/day', '4runs', '1000tokens/week']);
    expect(() => quotas.parse('5usd/day 1usd/week 6usd/day')).toThrow(/the only quota of its kind/);
    expect(() => quotas.parse(['5usd/day', 'many'])).toThrow(/^a quota such as/);
  });

  it('are a budget where they are of dollars and tokens', () => {
    expect(budgets.parse(['5usd/day', '20usd/week,2Mtokens/month'])).toEqual([
      '5usd/day',
      '20usd/week',
      '2000000tokens/month',
    ]);
    expect(() => budgets.parse('4runs')).toThrow(/^a budget such as 5usd\/day/);
    expect(() => budgets.parse('5eur/day')).toThrow(/^a budget such as 5usd\/day/);
    expect(() => budgets.parse('5usd/day 6usd/day')).toThrow(/^the only budget of its kind/);
  });

  it('are overridden kind by kind', () => {
    const [day, week, more] = ['5usd/day', '9usd/week', '50usd/day'].map(parseQuota);
    if (day === undefined || week === undefined || more === undefined) throw new Error('there are three');
    expect(overridden([day, week], [more])).toEqual([week, more]);
    expect(overridden([day], [])).toEqual([day]);
  });
});
