import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteDecoder } from '../../../src/filter/decode-bytes.ts';
import { createByteEncoder } from '../../../src/filter/encode-bytes.ts';
import { anyText } from '../../support/any-text.ts';

/** The text of bytes that come in these pieces. */
function decoded(...pieces: readonly Uint8Array[]): string {
  const decoder = createByteDecoder();
  return pieces.map((piece) => decoder.push(piece)).join('') + decoder.end();
}

/** The bytes of text that comes in these pieces. */
function encoded(...pieces: readonly string[]): Buffer {
  const encoder = createByteEncoder();
  return Buffer.concat([...pieces.map((piece) => encoder.push(piece)), encoder.end()]);
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Bytes as they may come: good text, torn text, and noise. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  anyText().map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .tuple(anyText(), fc.nat(40), fc.nat(40))
    .map(([text, from, to]) => new Uint8Array(Buffer.from(text).subarray(from, to))),
  fc
    .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0xf4, 0x8f, 0xff))
    .map((list) => Uint8Array.from(list)),
);

describe('bytes as text', () => {
  it.each([
    ['plain text', 'key=value\r\n\u0000\t'],
    ['text of every width', 'é日😀'],
    ['a byte order mark', '\uFEFFtext'],
    ['a replacement character that was one', 'a\uFFFDb'],
    ['pairs whose second half looks like an escape', '\u{1F480}\u{1F4FF}'],
    ['nothing', ''],
  ])('are %s', (_, text) => {
    expect(decoded(Buffer.from(text))).toBe(text);
    expect(encoded(text)).toEqual(Buffer.from(text));
  });

  it.each([
    ['a stray continuation', '41 80 42', 'A\uDC80B'],
    ['Latin-1', '66 fc 72', 'f\uDCFCr'],
    ['an overlong slash', 'c0 af', '\uDCC0\uDCAF'],
    ['an overlong three', 'e0 80 af', '\uDCE0\uDC80\uDCAF'],
    ['an overlong four', 'f0 80 80 af', '\uDCF0\uDC80\uDC80\uDCAF'],
    ['a surrogate', 'ed a0 80', '\uDCED\uDCA0\uDC80'],
    ['beyond Unicode', 'f4 90 80 80', '\uDCF4\uDC90\uDC80\uDC80'],
    ['a lead that no character has', 'f5 80 80 80', '\uDCF5\uDC80\uDC80\uDC80'],
    ['a character without its end', 'e6 97 41', '\uDCE6\uDC97A'],
    ['text that ends within a character', '41 f0 9f 98', 'A\uDCF0\uDC9F\uDC98'],
    ['good characters beside bad bytes', 'ff c3 a9 f0 9f 98 80', '\uDCFFé😀'],
  ])('keep %s as escapes', (_, hex, text) => {
    expect(decoded(bytes(hex))).toBe(text);
    expect(encoded(text)).toEqual(bytes(hex));
  });

  it('become the same bytes again, whatever they are and wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(anyBytes), (pieces) => {
        const whole = Buffer.concat(pieces);
        expect(decoded(...pieces)).toBe(decoded(whole));
        expect(encoded(decoded(...pieces))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('do not wait for more than a character needs', () => {
    const decoder = createByteDecoder();
    expect(decoder.push(bytes('41 f0 9f'))).toBe('A');
    expect(decoder.push(bytes('98 80 42'))).toBe('😀B');
    expect(decoder.push(bytes('80 80 80'))).toBe('\uDC80\uDC80\uDC80');
    expect(decoder.end()).toBe('');
  });

  it('are not read again from a buffer that its owner has filled anew', () => {
    const decoder = createByteDecoder();
    const chunk = bytes('41 c3');
    decoder.push(chunk);
    chunk.fill(0);
    expect(decoder.push(bytes('a9'))).toBe('é');
  });
});

describe('text as bytes', () => {
  it('joins a pair that was cut in two', () => {
    const [first = '', second = ''] = '😀'.split('');
    expect(encoded(`a${first}`, `${second}b`)).toEqual(Buffer.from('a😀b'));
    expect(encoded('', first, '', second)).toEqual(Buffer.from('😀'));
  });

  it('has a replacement for half a pair, which no bytes give', () => {
    expect(encoded('a\uD83D')).toEqual(Buffer.from('a\uFFFD'));
    expect(encoded('\uDCFF\uD83D!')).toEqual(bytes('ff ef bf bd 21'));
  });
});
