import { describe, expect, it } from 'vitest';
import { describeTests } from './describe-tests.ts';
import { FAMILIES } from './families.ts';
import { QUEUE_FAULTS } from './queue.ts';

describe('the matrix of faults', () => {
  it('is what test/README.md says it is', async () => {
    await expect(describeTests(FAMILIES, QUEUE_FAULTS)).toMatchFileSnapshot('../../README.md');
  });
});
