import { describe, expect, it } from 'vitest';
import { passedOver, planOf } from '../../../../src/cli/batch/batch-plan.ts';
import { environmentLayer, type Layer, resolveSettings } from '../../../../src/config/layers.ts';

const OWN: Omit<Layer, 'values'> = { name: '/home/me/config.json', kind: 'user file', folder: '/' };

function plan(own: Layer['values'], env: Readonly<Record<string, string>> = {}) {
  return planOf(resolveSettings([environmentLayer('/here'), { ...OWN, values: own }], env));
}

describe('the plan of a batch', () => {
  it('has three tries for each item, and any number of items for any amount, where nothing else is said', () => {
    expect(plan({})).toEqual({
      again: { failed: false, uncertain: false },
      limit: Number.POSITIVE_INFINITY,
      tries: 3,
      budgetUsd: Number.POSITIVE_INFINITY,
    });
  });

  it('is none where runs are carried out by a gateway', () => {
    expect(() => plan({}, { SLUICE_GATEWAY: 'http://127.0.0.1:8000' })).toThrow(
      'SLUICE_GATEWAY: no batch is carried out by a gateway; leave it out here',
    );
  });

  it('is none where workers carry it out, and the budget of runs is set', () => {
    const env = { SLUICE_BUDGET: '5usd/day' };
    expect(plan({}, env)).toMatchObject({ tries: 3 });
    expect(() => plan({}, { ...env, SLUICE_QUEUE: 'redis://127.0.0.1:6379' })).toThrow(
      'SLUICE_BUDGET: what workers run is not counted on it',
    );
  });
});

describe('settings of all runs', () => {
  function passed(own: Layer['values'], env: Readonly<Record<string, string>> = {}) {
    return passedOver(resolveSettings([environmentLayer('/here'), { ...OWN, values: own }], env));
  }

  it('are named where a batch does nothing with them', () => {
    expect(passed({ history: true }, { SLUICE_PING: 'https://example.org/check' })).toEqual([
      'SLUICE_PING',
      '/home/me/config.json: history',
    ]);
  });

  it('are passed over without a word where it heeds them, and where they only say what is shown of a run', () => {
    expect(passed({ lock: 'nightly', includePartialMessages: true, history: false })).toEqual([]);
  });
});
