import { expect, it } from 'vitest';
import { tryLedger } from '../torture/try-ledger.ts';

it('four processes that share a ledger, two of which are killed, lose no update', async () => {
  const { problems, killed, used } = await tryLedger(4, 25, 2);
  expect(problems).toEqual([]);
  expect(killed).toBe(2);
  // For a moment, what is set aside for the two keeps others out.
  expect(used.requests).toBeGreaterThanOrEqual(43);
});
