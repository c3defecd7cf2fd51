import { expect, it } from 'vitest';
import { sparing } from '../../../src/batch/queue/sparing.ts';

it('tells of what goes on once a minute, and of anything else at once', () => {
  const told: [number, string][] = [];
  let now = 0;
  const tell = sparing(
    (text) => told.push([now, text]),
    () => now,
  );
  for (now = 0; now <= 61_000; now += 1_000) tell('refused');
  tell('reset');
  tell('refused');
  expect(told).toEqual([
    [0, 'refused'],
    [60_000, 'refused'],
    [62_000, 'reset'],
    [62_000, 'refused'],
  ]);
});
