import { describe, expect, it } from 'vitest';
import { describeTests } from './describe-tests.ts';
import { FAMILIES } from './families.ts';

describe('the matrix of faults', () => {
  it('is what test/README.md says it is', async () => {
    await expect(describeTests(FAMILIES)).toMatchFileSnapshot('../../README.md');
  });
});
