import { expect, it } from 'vitest';
import { createKnownStarts } from '../../../../src/claude/process-tree/known-starts.ts';

it('what is known of a process lasts from look to look, while it is there and the looks are close', () => {
  const starts = createKnownStarts(() => 1_000);
  const known = () => [1, 2].map((pid) => starts.get(pid));
  starts.look([1, 2], 0);
  expect(known()).toEqual([null, null]);
  starts.set(1, 10);
  starts.set(2, 20);
  for (const now of [900, 1_800, 2_700]) starts.look([1, 2], now);
  expect(known()).toEqual([10, 20]);
  starts.look([1], 2_800);
  starts.look([1, 2], 2_900);
  expect(known()).toEqual([10, null]);
  starts.look([1, 2], 3_900);
  expect(known()).toEqual([null, null]);
});
