import { expect, it } from 'vitest';
import { unwrap } from '../../../src/help/unwrap.ts';

it.each([
  ['a paragraph', 'one\ntwo\n\nthree\nfour\n', 'one two\n\nthree four\n'],
  ['items', '- one\n  two\n- three\n\n1. four\n   five\n2. six\n', '- one two\n- three\n\n1. four five\n2. six\n'],
  ['what stands above a list', 'one\ntwo\n- three\n', 'one two\n- three\n'],
  [
    'headings and tables not',
    '# one\ntwo\n\n| a |\n|---|\n| b |\nthree\n',
    '# one\ntwo\n\n| a |\n|---|\n| b |\nthree\n',
  ],
  [
    'code not',
    '```sh\none\ntwo\n```\nthree\nfour\n\n    five\n    six\n',
    '```sh\none\ntwo\n```\nthree four\n\n    five\n    six\n',
  ],
])('joins the lines of %s', (_, wrapped, whole) => {
  expect(unwrap(wrapped)).toBe(whole);
});
