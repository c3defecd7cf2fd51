import { expect, it } from 'vitest';
import { tryBatch } from '../torture/try-batch.ts';

it('a batch that is killed five times loses nothing and repeats nothing', async () => {
  const { problems } = await tryBatch(30, 5, (kill) => ((kill * 7) % 5) / 10);
  expect(problems).toEqual([]);
}, 120_000);
