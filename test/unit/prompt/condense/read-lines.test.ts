import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../../../src/prompt/condense/clean/clean-line.ts';
import { readLines } from '../../../../src/prompt/condense/clean/read-lines.ts';
import { skeletonOf } from '../../../../src/prompt/condense/mine/skeleton.ts';

function linesOf(pieces: readonly string[]): (readonly [line: string, skeleton: number])[] {
  const lines: (readonly [string, number])[] = [];
  const reader = readLines((line, skeleton) => lines.push([line, skeleton]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return lines;
}

const LINE = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    'a0 0xdeadbeef deadbe1',
    '\tat x.y(z:1)',
    'ü 🌕',
    '\u001B[31mred\u001B[0m',
    '10%\r100%',
    'x'.repeat(300),
  ),
);

describe('the lines of a text', () => {
  it('are clean, each with its skeleton, whatever the pieces and the ends of lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(LINE, fc.constantFrom('\n', '\r\n')), { maxLength: 12 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 6 }),
        (parts, cuts) => {
          const text = parts.flat().join('');
          const raw = text.split('\n').map((line) => line.replace(/\r$/, ''));
          if (raw.at(-1) === '') raw.pop();
          const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
          const clean = raw.map((line) => cleanLine(line));
          expect(linesOf(pieces)).toEqual(clean.map((line) => [line, skeletonOf(line)]));
        },
      ),
    );
  });

  it.each([65_535, 65_536, 65_537, 200_000])('are the same in a text of %i characters', (length) => {
    const line = 'GET /é took 3 ms\n';
    for (const text of ['GET /e took 3 ms\n', line].map((one) => one.repeat(length / one.length) + 'no end')) {
      const lines = text.split('\n');
      expect(linesOf([text]).map(([one]) => one)).toEqual(lines);
    }
  });
});

describe('the skeleton of a line', () => {
  it('is the same where only numbers and ids differ', () => {
    const same = ['took 3 ms', 'took 12345 ms', 'took 0x1f ms'];
    expect(new Set(same.map(skeletonOf)).size).toBe(1);
    expect(skeletonOf('id deadbe1f')).toBe(skeletonOf('id 00c0ffee'));
    expect(skeletonOf('status 404')).toBe(skeletonOf('status 503'));
    expect(new Set(['exit 0', 'exit 1', 'exit 404'].map(skeletonOf)).size).toBe(3);
    const others = ['took 3 s', 'took  3 ms', 'took three ms', 'took3 ms', 'id decade', 'id facade', 'id a1', 'id b2'];
    expect(new Set(others.map(skeletonOf)).size).toBe(others.length);
  });
});
