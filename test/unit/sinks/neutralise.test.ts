import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNeutraliser, neutralise } from '../../../src/sinks/safe-text.ts';

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\r', '\n', '\u001b', '\u202e', '\u009b', '😀', '\ud83d', '\ude00'),
    fc.string({ maxLength: 3 }),
  ),
});

describe('neutralise', () => {
  it.each([
    ['\u001b[31mred', '␛[31mred'],
    ['\u0000\u0007\u0008', '␀␇␈'],
    ['a\u007fb', 'a␡b'],
    ['\u009b31m', '‹U+009B›31m'],
    ['\u202eevil', '‹U+202E›evil'],
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a␍b'],
    ['a\tb\nc', 'a\tb\nc'],
    ['👩‍👩‍👧 é 漢', '👩‍👩‍👧 é 漢'],
    ['', ''],
  ])('%j becomes %j', (text, shown) => {
    expect(neutralise(text)).toBe(shown);
  });

  it('leaves nothing that acts, and nothing out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(neutralise(text)).not.toMatch(ACTS);
        expect(neutralise(neutralise(text))).toBe(neutralise(text));
      }),
    );
  });

  it('gives the same for text in pieces', () => {
    fc.assert(
      fc.property(fc.array(texts), (pieces) => {
        const neutraliser = createNeutraliser();
        const shown = pieces.map((piece) => neutraliser.push(piece)).join('') + neutraliser.end();
        expect(shown).toBe(neutralise(pieces.join('')));
        expect(neutraliser.end()).toBe('');
      }),
    );
  });
});
