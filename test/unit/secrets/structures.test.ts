import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { rounds } from '../../support/rounds.ts';
import { inPieces } from './in-pieces.ts';
import { LOOK_ALIKES, STRUCTURES } from './structures.ts';

const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;
/** Kinds and numbers aside, which other tests look at. */
const plain = (text: string) => text.replaceAll(/\[REDACTED:[^\]]*\]/g, '[…]');

describe('a secret known by its structure', () => {
  it.each(STRUCTURES)('%s', (_name, text, ...secrets) => {
    const masked = mask(text);
    expect(masked).toContain('[REDACTED:');
    expect(masked).not.toMatch(/[A-Za-z0-9+/]{44}/);
    // Where no secret is named, it is a block of lines, which the pattern above looks for.
    const expected = secrets.reduce((rest, secret) => rest.replace(secret, () => '[…]'), text);
    expect(plain(masked)).toContain(secrets.length > 0 ? expected : '[…]');
    expect(mask(masked)).toBe(masked);
  });

  it.each(STRUCTURES)('%s in a string of JSON', (_name, text, ...secrets) => {
    const masked = mask(JSON.stringify({ content: text, next: 'x1' }));
    expect(masked).toContain('[REDACTED:');
    for (const secret of secrets) expect(masked).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(masked).toMatch(/"next":"x1"\}$/);
  });

  it.each(STRUCTURES)('%s in pieces', (_name, text) => {
    const around = `before ${text} after`;
    for (const sizes of [[1], [7, 3], [40]]) expect(inPieces(around, sizes)).toBe(mask(around));
  });
});

describe('what only resembles one', () => {
  it.each(LOOK_ALIKES)('%s', (text) => {
    expect(mask(text)).toBe(text);
    expect(mask(JSON.stringify({ content: text }))).toBe(JSON.stringify({ content: text }));
  });
});

const piece = fc.oneof(
  fc.constantFrom(...STRUCTURES.map(([, text]) => text), ...LOOK_ALIKES),
  fc
    .constantFrom(...STRUCTURES.map(([, text]) => text))
    .chain((text) =>
      fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
    ),
  fc.constantFrom(' ', '\n', '\\n', '"', "'", ' | ', '; ', '{', '}'),
);

it('reads any text in pieces as it reads the whole', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
      (text, sizes) => {
        expect(inPieces(text, sizes)).toBe(mask(text));
      },
    ),
    { numRuns: rounds(70) },
  );
}, 60_000);
