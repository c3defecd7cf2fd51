import { expect, it } from 'vitest';
import { worded } from '../../../src/errors.ts';
import { describeStall } from '../../../src/claude/describe-stall.ts';

it.each([
  ['start', 60_000, 'claude said nothing for 1 min (startTimeout)'],
  ['api', 900_000, 'nothing came from the API for 15 min (idleTimeout.api)'],
  ['tool', 7_200_000, 'a tool ran without a sign of life for 2 h (idleTimeout.tool)'],
  ['text', 1_500, 'the text stopped coming for 1.5 s (idleTimeout.text)'],
] as const)('tells what was waited for (%s)', (state, limit, text) => {
  expect(worded(describeStall(state, limit))).toBe(text);
});
