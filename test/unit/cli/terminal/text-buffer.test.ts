import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTextBuffer } from '../../../../src/cli/terminal/text-buffer.ts';

it('gives the bytes of all text in it, however it is cut', () => {
  const unit = fc.oneof(fc.constantFrom('ü', '漢', '😀', '\ud83d', '\ude00'), fc.string());
  fc.assert(
    fc.property(fc.array(fc.string({ unit })), (pieces) => {
      const buffer = createTextBuffer();
      for (const piece of pieces.flatMap((text) => text.split(''))) buffer.add(piece);
      expect(Buffer.from(buffer.take())).toEqual(Buffer.from(pieces.join('')));
      expect(buffer.length()).toBe(0);
      expect(buffer.take()).toHaveLength(0);
    }),
  );
});
