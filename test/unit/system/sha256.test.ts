import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/system/sha256.ts';
import { anyText } from '../../support/any-text.ts';

const byNode = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('SHA-256', () => {
  it('is that of Node at each length around the ends of blocks', () => {
    for (let length = 0; length < 200; length++) expect(sha256('x'.repeat(length))).toBe(byNode('x'.repeat(length)));
  });

  it.each([65_536, 65_537])('is that of Node for %i characters', (length) => {
    const text = 'größe \uD800'.repeat(length).slice(0, length);
    expect(sha256(text)).toBe(byNode(text));
  });

  it('is that of Node for texts of any kind', () => {
    const texts = anyText({ maxLength: 5_000 });
    fc.assert(
      fc.property(texts, (text) => {
        expect(sha256(text)).toBe(byNode(text));
      }),
    );
  });
});
