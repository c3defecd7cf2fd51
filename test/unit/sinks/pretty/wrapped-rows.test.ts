import { expect, it } from 'vitest';
import { wrappedRows } from '../../../../src/sinks/pretty/wrapped-rows.ts';

const ROWS = [
  ['a', 'own', 'short'],
  ['long-name', 'shipped', 'what is too long for one line'],
];

it('wraps the last cell below itself', () => {
  expect(wrappedRows(ROWS, 42).join('\n')).toMatchInlineSnapshot(`
    "a          own      short
    long-name  shipped  what is too long for
                        one line"
  `);
});

it('leaves rows whole where there is no end to a line', () => {
  expect(wrappedRows(ROWS, Number.POSITIVE_INFINITY)).toHaveLength(ROWS.length);
});

it('keeps some room for it, however narrow the terminal is', () => {
  expect(wrappedRows(ROWS, 5)).toHaveLength(3);
});
