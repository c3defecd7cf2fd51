import { expect, it } from 'vitest';
import { tryBatch } from '../torture/try-batch.ts';

it('a batch that is killed three times loses nothing and repeats nothing', async () => {
  const { problems } = await tryBatch(20, 3, (kill) => ((kill * 7) % 5) / 10);
  expect(problems).toEqual([]);
}, 120_000);
