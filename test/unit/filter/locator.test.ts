import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocator } from '../../../src/filter/locator.ts';
import type { Released } from '../../../src/secrets/carry.ts';

/** Released text in which every `#` was masked. */
function released(source: string, missing = { units: 0, lines: 0 }): Released {
  const findings = [...source.matchAll(/#/g)].map(({ index }) => ({
    kind: 'k',
    start: index,
    end: index + 1,
    placeholder: '[REDACTED:k#1]',
  }));
  return { source, text: source, findings, missing };
}

/** Where the `#` of these texts are, each text a file of its own, released in pieces of a size. */
function places(files: readonly string[], size: number): string[] {
  const locator = createLocator();
  const all = files.join('');
  let begun = 0;
  for (const [index, text] of files.entries()) {
    locator.begin(`f${index}`, begun);
    begun += text.length;
  }
  const found: string[] = [];
  for (let at = 0; at < all.length; at += size) {
    for (const { file, line, column } of locator.advance(released(all.slice(at, at + size)))) {
      found.push(`${file}:${line}:${column}`);
    }
  }
  return found;
}

describe('createLocator', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['counts lines and columns from 1', ['#\na#\n\n#'], ['f0:1:1', 'f0:2:2', 'f0:4:1']],
    ['ends lines with \\n alone', ['a\r\nb\r#\u2028#'], ['f0:2:3', 'f0:2:5']],
    ['counts characters, not units', ['😀é#'], ['f0:1:3']],
    ['counts a byte that is no UTF-8 once', ['\uDCFF\uDC80#'], ['f0:1:3']],
    ['begins anew with each file', ['a\n#', '#', '\n#'], ['f0:2:1', 'f1:1:1', 'f2:2:1']],
    ['passes over empty files', ['', 'a#', '', '', '#'], ['f1:1:2', 'f4:1:1']],
    ['finds several in a line', ['## #'], ['f0:1:1', 'f0:1:2', 'f0:1:4']],
  ])('%s', (_, files, expected) => {
    expect(places(files, Infinity)).toEqual(expected);
  });

  it('gives the same places however the text is released', () => {
    const file = fc.string({ unit: fc.constantFrom('a', '#', '\n', 'é', '日'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(file), fc.integer({ min: 1, max: 9 }), (files, size) => {
        expect(places(files, size)).toEqual(places(files, Infinity));
      }),
    );
  });

  it('counts the lines of an overlong key that were forgotten', () => {
    const locator = createLocator();
    locator.begin('f', 0);
    const lines = (text: Released) => locator.advance(text).map(({ line }) => line);
    expect(lines(released('a\n'))).toEqual([]);
    expect(lines(released('##\n#', { units: 0, lines: 1000 }))).toEqual([2, 1002, 1003]);
    expect(lines(released('\n\n', { units: 0, lines: 10 }))).toEqual([]);
    expect(lines(released('#'))).toEqual([1015]);
  });

  it('tells nothing of the secret but where it begins', () => {
    const locator = createLocator();
    locator.begin(null, 0);
    expect(locator.advance(released('#'))).toEqual([
      { file: null, line: 1, column: 1, kind: 'k', placeholder: '[REDACTED:k#1]' },
    ]);
  });
});
