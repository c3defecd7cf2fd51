import { expect, it } from 'vitest';
import type { InnerFindings } from '../../../src/secrets/scan/reader.ts';
import type { Span } from '../../../src/secrets/scan/span.ts';
import { Unwrapped } from '../../../src/secrets/scan/unwrapped.ts';

const NOTHING: InnerFindings = { spans: [], steps: 1 };
const LINE = 'a'.repeat(2000);

it('looks through a text once that is come across again as deep as before', () => {
  const unwrapped = new Unwrapped();
  let looks = 0;
  const look = (): InnerFindings => {
    looks += 1;
    return NOTHING;
  };
  unwrapped.read(LINE, true, 0, look);
  unwrapped.read(LINE, true, 0, look);
  expect(looks).toBe(1);
  unwrapped.read(LINE, false, 0, look);
  unwrapped.read(LINE, true, 1, look);
  expect(looks).toBe(3);
});

/** What is found in `times` texts that stand in `outer`, which was taken out of a text. */
function foundIn(outer: string, times: number, unwrapped: Unwrapped): readonly Span[] {
  return unwrapped.read(outer, true, 0, () => {
    const inner = Array.from({ length: times }, (_, time) => `${LINE}${time}`);
    return { spans: inner.flatMap((text) => unwrapped.read(text, true, 1, () => NOTHING).spans), steps: 1 };
  }).spans;
}

it('takes for a secret what would be read over and over, each time anew', () => {
  const unwrapped = new Unwrapped();
  expect(foundIn(`${LINE}x`, 2, unwrapped)).toEqual([]);
  expect(foundIn(`${LINE}y`, 4, unwrapped)).toEqual(
    Array.from({ length: 2 }, () => ({ kind: 'secret', start: 0, end: LINE.length + 1 })),
  );
  expect(foundIn(`${LINE}z`, 2, unwrapped)).toEqual([]);
});
