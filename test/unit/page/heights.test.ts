import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeights } from '../../../src/page/list/heights.ts';

const someHeights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 80 });

describe('heights', () => {
  it('are where sums of them would be, also once some have changed', () => {
    fc.assert(
      fc.property(someHeights, fc.array(fc.tuple(fc.nat(79), fc.integer({ min: 1, max: 500 }))), (given, changes) => {
        const plain = [...given];
        const heights = createHeights(plain.length, (index) => plain[index] ?? 0);
        for (const [at, height] of changes) {
          if (at >= plain.length) continue;
          plain[at] = height;
          heights.set(at, height);
        }
        let top = 0;
        for (const [index, height] of plain.entries()) {
          expect(heights.top(index)).toBe(top);
          expect(heights.indexAt(top)).toBe(index);
          expect(heights.indexAt(top + height - 1)).toBe(index);
          top += height;
        }
        expect(heights.total).toBe(top);
        expect(heights.indexAt(top + 1_000)).toBe(plain.length - 1);
        expect(heights.indexAt(-5)).toBe(0);
      }),
    );
  });

  it('are none where there is nothing', () => {
    const heights = createHeights(0, () => 10);
    expect([heights.total, heights.indexAt(50), heights.top(3)]).toEqual([0, 0, 0]);
  });
});
