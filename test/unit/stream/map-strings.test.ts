import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/messages/recognise.ts';
import { isUnknown } from '../../../src/messages/types.ts';
import { mapStrings } from '../../../src/stream/map-strings.ts';

const upper = (text: string) => text.toUpperCase();
const same = (text: string) => text;
const mark = (text: string) => text.replaceAll('secret', 'mask');

describe('mapStrings', () => {
  it('reaches every string at any depth, keys included', () => {
    expect(mapStrings({ a: ['b', { c: 'd', e: [['f']] }], g: 1, h: null, i: true }, upper)).toEqual({
      A: ['B', { C: 'D', E: [['F']] }],
      G: 1,
      H: null,
      I: true,
    });
  });

  it('edits a bare string', () => {
    expect(mapStrings('a', upper)).toBe('A');
  });

  it('gives back the very same value when nothing changed', () => {
    const value = { a: ['b', { c: 'd' }], e: {} };
    expect(mapStrings(value, same)).toBe(value);
  });

  it('copies only the way to what changed, and leaves the original as it was', () => {
    const value = { left: { text: 'plain' }, right: [{ text: 'secret' }, { text: 'plain' }] };
    const before = structuredClone(value);
    const mapped = mapStrings(value, mark);
    expect(mapped).toEqual({ left: { text: 'plain' }, right: [{ text: 'mask' }, { text: 'plain' }] });
    expect(mapped.left).toBe(value.left);
    expect(mapped.right[1]).toBe(value.right[1]);
    expect(value).toEqual(before);
  });

  it('keeps the order of fields', () => {
    expect(JSON.stringify(mapStrings({ z: 'secret', a: 1, m: 'x' }, mark))).toBe('{"z":"mask","a":1,"m":"x"}');
  });

  it('keeps the mark of an unknown message', () => {
    const unknown = { type: 'hologram', text: 'secret' };
    const message = mapStrings(recognise(unknown), mark);
    expect(message).toMatchObject({ text: 'mask' });
    expect(isUnknown(message)).toBe(true);
  });

  it('treats __proto__ as a name like any other', () => {
    const mapped = mapStrings(JSON.parse('{"__proto__":{"polluted":"secret"},"text":"secret"}'), mark);
    expect(JSON.stringify(mapped)).toBe('{"__proto__":{"polluted":"mask"},"text":"mask"}');
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('does not make a prototype out of a key that becomes __proto__', () => {
    const mapped = mapStrings({ secret: { polluted: 1 } }, (text) => (text === 'secret' ? '__proto__' : text));
    expect(JSON.stringify(mapped)).toBe('{"__proto__":{"polluted":1}}');
    expect('polluted' in {}).toBe(false);
  });

  it('leaves a string alone at a place that is opaque, and nowhere else', () => {
    const source = { type: 'base64', data: 'secret', note: 'secret' };
    const value = { source, data: 'secret' };
    expect(mapStrings(value, mark, { opaque: new Map([[source, 'data']]) })).toEqual({
      source: { type: 'base64', data: 'secret', note: 'mask' },
      data: 'mask',
    });
  });

  it('edits keys in a way of their own when asked', () => {
    expect(mapStrings({ key: 'value', same: 1 }, upper, { editKey: (key) => `${key}!` })).toEqual({
      'key!': 'VALUE',
      'same!': 1,
    });
    const value = { key: 1 };
    expect(mapStrings(value, upper, { editKey: same })).toBe(value);
  });

  it('edits exactly the strings of any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bracket = (text: string) => `<${text}>`;
        const mapped = JSON.stringify(mapStrings(value, bracket));
        const strings = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
        expect(mapped.match(/"<(?:[^"\\]|\\.)*>"/g) ?? []).toHaveLength(strings.length);
        expect(mapStrings(value, same)).toBe(value);
      }),
    );
  });
});
