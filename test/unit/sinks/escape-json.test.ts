import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson } from '../../../src/sinks/safe-text.ts';

/** What a terminal or an eye would obey: C0, DEL, C1, bidi controls, line separators. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const ACTS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('escapeJson', () => {
  it.each([
    ['C0', '\u0000\u0007\u001b[31m\r\n\t'],
    ['DEL', '\u007f'],
    ['C1', '\u0080\u0085\u009b31m\u009f'],
    ['bidi controls', '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
    ['line separators', '\u2028\u2029'],
  ])('shows no raw %s', (_, text) => {
    const json = escapeJson({ [text]: text });
    expect(json).not.toMatch(ACTS);
    expect(JSON.parse(json)).toEqual({ [text]: text });
  });

  it('leaves text alone that does no harm', () => {
    const text = 'ä€😀 漢字 👩‍👩‍👧 "\\" \\u202e';
    expect(escapeJson(text)).toBe(JSON.stringify(text));
  });

  it('keeps lone surrogates escaped', () => {
    expect(escapeJson('\ud83d')).toBe('"\\ud83d"');
  });

  it('gives any JSON value back, and never acts', () => {
    const texts = fc.string({
      unit: fc.oneof(fc.constantFrom('\u202e', '\u2028', '\u009b', '\u007f', '\\', '"'), fc.string()),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(texts, texts)), (value) => {
        const json = escapeJson(value);
        // As text: `__proto__` is a key like any other to JSON, and none to a comparison of objects.
        expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify(value));
        expect(json).not.toMatch(ACTS);
      }),
      { numRuns: 200 },
    );
  });
});
