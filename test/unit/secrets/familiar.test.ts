import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import type { Redactor } from '../../../src/secrets/redactor.ts';
import { rounds } from '../../support/rounds.ts';
import { documents } from './documents.ts';
import { inPieces } from './in-pieces.ts';

/** Short enough for a text that repeats itself: the carry looks at a few places at a time, so that none is known yet. */
const PIECE = 60;

/** Units one after another, each so many times. */
const repetitions = fc
  .array(
    fc.tuple(
      documents.map(({ text }) => text.slice(0, 160)),
      fc.integer({ min: 1, max: 40 }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((units) => units.map(([unit, times]) => `${unit} `.repeat(times)).join(''));

function placesIn(redactor: Redactor, text: string): string[] {
  return redactor.redact(text).findings.map(({ kind, start, end }) => `${kind} ${start}-${end}`);
}

it('reads a text as if it were the first, whatever it read before', () => {
  const lines = documents.map(({ text }) => text.split('\n').slice(0, 6)).map((all) => [...all, all.join('\n')]);
  const veteran = createRedactor({ env: {} });
  fc.assert(
    fc.property(lines, (texts) => {
      for (const text of texts) {
        expect(placesIn(veteran, text)).toEqual(placesIn(createRedactor({ env: {} }), text));
        // The same again, at the end of a longer one, and with more behind it.
        for (const longer of [text, `so: ${text}`, `${text} so`]) {
          expect(placesIn(veteran, longer)).toEqual(placesIn(createRedactor({ env: {} }), longer));
        }
      }
    }),
    { numRuns: rounds(20) },
  );
});

describe('a text that repeats itself', () => {
  it('reads as its parts do', () => {
    const redactor = createRedactor({ env: {} });
    fc.assert(
      fc.property(repetitions, (text) => {
        expect(inPieces(text, [PIECE], redactor)).toBe(redactor.redact(text).text);
      }),
      { numRuns: rounds(40) },
    );
  });

  it.each([
    ['names and values', 'password=Tq7xKw92LmZv ', 1],
    ['a manifest', 'kind: Secret\ndata:\n  password: UTd4S3c5MkxtWnY=\nmetadata:\n  name: a\n---\n', 1],
    ['what leads to nothing', 'password is secret= --token ', 0],
    ['a name that ends where the next unit begins', ' PASSWORD', 0],
  ])('has as many secrets as its parts have: %s', (_, unit, each) => {
    const times = 500;
    expect(createRedactor({ env: {} }).redact(unit.repeat(times)).findings).toHaveLength(each * times);
  });
});
