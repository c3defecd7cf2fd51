import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/system/decode-text.ts';

describe('decodeText', () => {
  it.each<[string, Buffer, string, number]>([
    ['UTF-8', Buffer.from('größe\u{1F600}'), 'größe\u{1F600}', 0],
    ['UTF-8 with a mark', Buffer.from('\uFEFFx'), 'x', 0],
    ['one mark alone', Buffer.from('\uFEFF'), '', 0],
    ['a second mark, which is text', Buffer.from('\uFEFF\uFEFFx'), '\uFEFFx', 0],
    ['UTF-16LE', Buffer.from('\uFEFFgrö\u{1F600}', 'utf16le'), 'grö\u{1F600}', 0],
    ['UTF-16BE', Buffer.from('\uFEFFgrö\u{1F600}', 'utf16le').swap16(), 'grö\u{1F600}', 0],
    ['U+FFFD in both', Buffer.from('\uFFFD'), '\uFFFD', 0],
    ['U+FFFD in UTF-16', Buffer.from('\uFEFF\uFFFD', 'utf16le'), '\uFFFD', 0],
    ['bad bytes beside U+FFFD', Buffer.concat([Buffer.from('\uFFFD'), Buffer.from([0xff])]), '\uFFFD\uFFFD', 1],
    ['half a pair of UTF-16', Buffer.from('\uFEFFa\uD83D', 'utf16le'), 'a\uFFFD', 1],
    ['half a unit of UTF-16', Buffer.concat([Buffer.from('\uFEFFa', 'utf16le'), Buffer.from([0])]), 'a\uFFFD', 1],
  ])('reads %s', (_, bytes, text, replaced) => {
    expect(decodeText(bytes)).toEqual({ text, replaced });
  });
});
