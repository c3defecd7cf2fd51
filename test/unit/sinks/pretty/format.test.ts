import { expect, it } from 'vitest';
import { formatCost } from '../../../../src/sinks/pretty/format.ts';

it.each([
  [0, '$0'],
  [0.0005600000000000001, '$0.00056'],
  [0.00000125, '$0.0000013'],
  [0.0022, '$0.0022'],
  [0.0099, '$0.0099'],
  [0.01, '$0.01'],
  [0.48951, '$0.4895'],
  [0.5, '$0.50'],
  [1, '$1.00'],
  [12.3456, '$12.3456'],
])('shows %d dollars as %s', (usd, shown) => {
  expect(formatCost(usd)).toBe(shown);
});
