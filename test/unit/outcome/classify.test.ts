import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import { CLASSES } from '../../fixtures/recordings/classes.ts';
import { evidenceOf, RECORDINGS } from '../../support/recordings.ts';

describe('classify, over every recording of a real claude', () => {
  it.each(RECORDINGS)('%s', async (name) => {
    expect(classify(await evidenceOf(name)).class).toBe(CLASSES[name]);
  });

  it('has a class for every recording there is', () => {
    expect(RECORDINGS).toHaveLength(321);
  });
});
