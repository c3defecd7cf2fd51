import { expect, it } from 'vitest';
import { BLOWS, tryQueue } from '../torture/try-queue.ts';

it('a batch in a queue that is disturbed six times loses nothing and repeats nothing', async () => {
  const { problems } = await tryQueue(24, BLOWS, (blow) => ((blow * 7) % 5) / 10);
  expect(problems).toEqual([]);
}, 120_000);
