import fc, { type StringConstraints } from 'fast-check';

/** Where code points end that are no halves of a pair, and where they go on. */
const [HALVES, AFTER] = [0xd8_00, 0xe0_00];

/**
 * Text of any characters there are. As fast-check's own (`unit: 'binary'`), which first makes a table of all million of them,
 * half a second and a hundred megabytes for each process.
 */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: CHARACTER });
}

const CHARACTER = fc
  .integer({ min: 0, max: 0x10_ff_ff - (AFTER - HALVES) })
  .map((nth) => String.fromCodePoint(nth < HALVES ? nth : nth + AFTER - HALVES), nthOf);

function nthOf(character: unknown): number {
  const point = typeof character === 'string' ? character.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== character) throw new Error('no character');
  return point < HALVES ? point : point - (AFTER - HALVES);
}
