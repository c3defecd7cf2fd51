import { describe, expect, it } from 'vitest';
import { readParts } from '../../../src/page/text/read-parts.ts';

const kindsOf = (text: string): unknown[] =>
  readParts(text).map((part) => ('text' in part ? 'as it is' : part.tokens.map(({ type }) => type)));

describe('a text of the model', () => {
  it('is read part by part', () => {
    const text =
      '# One\n\ntwo *three*\n\n- a\n  ```\n  let a;\n  ```\n\n- b\n\nfour\n```js\nlet a;\n\nlet b;\n```\nfive';
    expect(kindsOf(text)).toEqual([['heading'], ['paragraph'], ['list'], ['paragraph'], ['code'], ['paragraph']]);
  });

  it.each([
    ['marks', '*a_ '.repeat(3_000)],
    ['brackets', '['.repeat(10_000)],
    ['quotes in quotes', '> '.repeat(2_000)],
    ['lists in lists', '- '.repeat(2_000)],
    ['items', '  - a\n'.repeat(2_000)],
    ['tables', `${'|a'.repeat(3_000)}\n${'|-'.repeat(3_000)}`],
  ])('with %s without end is shown as it is, beside what can be read', (_, text) => {
    expect(kindsOf(`fine\n\n${text}`).at(-1)).toBe('as it is');
    expect(kindsOf(`fine\n\n${text}`)).not.toHaveLength(1);
  });
});
