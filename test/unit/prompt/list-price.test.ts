import { describe, expect, it } from 'vitest';
import { listPriceOf } from '../../../src/prompt/list-price.ts';

describe('the list price of a prompt', () => {
  it('is that of the family of the model, whatever its version', () => {
    expect(listPriceOf(90_000, 'claude-haiku-4-5')).toEqual({ least: 0.09, most: 0.09, models: 'haiku' });
    expect(listPriceOf(1_000_000, 'Sonnet[1m]')).toEqual({ least: 2, most: 3, models: 'sonnet' });
  });

  it('lies between the cheapest and the dearest where no family is known', () => {
    for (const model of [undefined, 'default', 'opusplan-haiku', 'my-model'])
      expect(listPriceOf(200_000, model)).toEqual({ least: 0.2, most: 1, models: 'haiku to opus' });
  });
});
