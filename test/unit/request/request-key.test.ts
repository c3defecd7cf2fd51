import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestKey } from '../../../src/request/request-key.ts';

describe('the key of a request', () => {
  it('is a digest', () => {
    expect(requestKey({ prompt: 'hi' })).toBe(
      'sha256:14479f4e87d340fe0ca0d522d87a5b3a028ebb1af24fbb8d3ef4553044fc6db6',
    );
  });

  it('is the same in whatever order the fields stand, at any depth', () => {
    expect(requestKey({ a: 1, b: { c: [1, { e: 2, d: 3 }], f: null } })).toBe(
      requestKey({ b: { f: null, c: [1, { d: 3, e: 2 }] }, a: 1 }),
    );
  });

  it('takes a field that is undefined for none, and a list for what it is', () => {
    expect(requestKey({ prompt: 'hi', model: undefined })).toBe(requestKey({ prompt: 'hi' }));
    expect(requestKey({ tools: ['a', 'b'] })).not.toBe(requestKey({ tools: ['b', 'a'] }));
  });

  it('is another for another value', () => {
    const json = fc.jsonValue({ maxDepth: 1 });
    fc.assert(
      fc.property(json, json, (one, other) => {
        const isSame = requestKey({ one }) === requestKey({ one: other });
        expect(isSame).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });
});
