import { assert as check, integer, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePlaces } from '../../../src/secrets/scan/compiled-places.ts';
import {
  AT,
  findPlaces,
  MARGIN,
  NEIGHBOUR,
  neighboursOf,
  type Tables,
  tablesIn,
  windowAt,
} from '../../../src/secrets/scan/places.ts';

describe('places that are found sixteen characters at a time', () => {
  it('are those that are found one by one', () => {
    const plain = tablesIn(new ArrayBuffer(AT.end));
    const compiled = compilePlaces();
    if (compiled === null) throw new Error('this machine has no instructions for 16 bytes');
    for (const tables of [plain, compiled.tables]) tables.neighbours.fill(-1);
    check(
      property(
        uint8Array({ maxLength: 200 }),
        integer({ min: 1, max: 9 }),
        integer({ min: 1 }),
        (codes, step, seed) => {
          for (const tables of [plain, compiled.tables]) prepare(tables, codes, step, seed);
          const last = MARGIN + codes.length;
          const found = compiled.find(last);
          expect(found).toBe(findPlaces(plain, last));
          expect(compiled.tables.places.slice(0, found).join()).toBe(plain.places.slice(0, found).join());
        },
      ),
    );
  });
});

/** Writes a text down, and makes every so manieth of its windows known, and the neighbours of some, in a way that depends on the seed alone. */
function prepare({ bytes, view, windows, neighbours }: Tables, codes: Uint8Array, step: number, seed: number): void {
  bytes.fill(0).set(codes, MARGIN);
  windows.fill(0);
  for (let at = MARGIN; at < MARGIN + codes.length; at += step) {
    const window = windowAt(view, at);
    windows[window >>> 5] = (windows[window >>> 5] ?? 0) | (1 << (window & 31));
    const neighbour = neighboursOf(window);
    const clear = Math.imul(seed, at + 2) & (at % 2 > 0 ? 0x6060_6060 : 0x20);
    if (at % 3 > 0) neighbours.set([window, Math.imul(seed, at), Math.imul(seed, at + 1), 0, clear], neighbour);
    else neighbours.fill(-1, neighbour, neighbour + NEIGHBOUR);
  }
}
