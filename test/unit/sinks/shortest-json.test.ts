import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShortestJson } from '../../../src/sinks/formats/shortest-json.ts';

const says = (text: string): boolean => isShortestJson(text, JSON.parse(text));

describe('isShortestJson', () => {
  it.each([
    '{}',
    '[]',
    '""',
    '{"a":[1,"b",{"c":null,"d":true,"e":false}],"f":-12.5}',
    '{"a":"\\n\\"\\\\\\t"}',
    '"ü😀"',
  ])('knows %s', (text) => expect(says(text)).toBe(true));

  it.each([
    ['white space', '{"a": 1}'],
    ['a carriage return', '{"a":\r1}'],
    ['a field that is there twice', '{"a":"sk-one","a":"two"}'],
    ['an escaped solidus', '{"a":"\\/"}'],
    ['a character as a number', '{"a":"\\u0041"}'],
    ['a fraction of nothing', '{"a":1.0}'],
    ['a negative zero', '{"a":-0}'],
    ['an exponent', '{"a":1e3}'],
    ['an exponent of a fraction', '{"a":1e-3}'],
    ['a field that exponents make room for', '{"a":"12345678901234567","a":[1e20,1e20]}'],
  ])('refuses %s', (_, text) => expect(says(text)).toBe(false));

  it('says yes only of what is made of the value again, but for the order of fields', () => {
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(1e20));
    const written = fc.oneof(
      number.map(String),
      number.map((one) => one.toExponential()),
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom('""', '"\\/"', '"\\u000a"', '1e5', '1E2', '-0', '1.50', ' 1', 'true ', '{"a":1,"a":2}', '[ ]'),
    );
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        written,
        fc.array(tie('value')).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(fc.constantFrom('a', 'b', 'key', '__proto__', '\\n'), tie('value')))
          .map((fields) => `{${fields.map(([name, text]) => `"${name}":${text}`).join(',')}}`),
      ),
    }));
    fc.assert(
      fc.property(value, (text) => {
        expect(says(text) && JSON.stringify(JSON.parse(text)) !== text).toBe(false);
      }),
    );
  });

  it('says yes of what JSON.stringify makes, where no character is a number and no number could be shorter', () => {
    const plain = fc
      .jsonValue()
      .map((value) => JSON.stringify(value))
      .filter((text) => !/\\u|\d/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(says(text)).toBe(true);
      }),
    );
  });
});
