import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNeutraliser, neutralise } from '../../../src/sinks/neutralise.ts';

describe('neutralise', () => {
  it('shows what a terminal would obey', () => {
    expect(neutralise('\u001B[31mred\u001B[0m \u0007\u0000\u007F')).toBe('␛[31mred␛[0m ␇␀␡');
    expect(neutralise('\u009B31m \u0085')).toBe('‹U+009B›31m ‹U+0085›');
    expect(neutralise('user‮txt.exe⁦x⁩‏؜')).toBe('user‹U+202E›txt.exe‹U+2066›x‹U+2069›‹U+200F›‹U+061C›');
    expect(neutralise('a\u2028b\u2029c')).toBe('a‹U+2028›b‹U+2029›c');
  });

  it('keeps newlines and tabs, and makes Windows line endings plain', () => {
    expect(neutralise('a\r\nb\tc\n')).toBe('a\nb\tc\n');
    expect(neutralise('100 %\rdone')).toBe('100 %␍done');
  });

  it('leaves letters, emoji and their joiners alone', () => {
    const clean = 'naïve 日本語 👩‍👩‍👧 العربية ⚠️';
    expect(neutralise(clean)).toBe(clean);
  });

  it('lets no control character through, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = neutralise(text);
        expect(safe).not.toMatch(/[^\P{Cc}\n\t]|[\u2028-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
        expect(neutralise(safe)).toBe(safe);
      }),
    );
  });

  it('gives the same text for any chunking', () => {
    const piece = fc.oneof(fc.constantFrom('\r', '\n', '\r\n', '\u001B', '[0m', '😀'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(piece), fc.infiniteStream(fc.nat(3)), (pieces, sizes) => {
        const text = pieces.join('');
        const neutraliser = createNeutraliser();
        let safe = '';
        for (let at = 0; at < text.length;) {
          const size = (sizes.next().value ?? 0) + 1;
          safe += neutraliser.push(text.slice(at, at + size));
          at += size;
        }
        expect(safe + neutraliser.end()).toBe(neutralise(text));
      }),
    );
  });
});
