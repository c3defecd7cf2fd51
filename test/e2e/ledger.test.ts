import { expect, it } from 'vitest';
import { tryLedger } from '../torture/try-ledger.ts';

it('four processes that share a ledger, two of which are killed, lose no update', async () => {
  const { problems, killed, used } = await tryLedger(4, 25, 2);
  expect(problems).toEqual([]);
  expect(killed).toBe(2);
  expect(used.requests).toBe(45);
});
