import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, splitLines } from '../../../src/stream/split-lines.ts';
import { collect, from } from '../../support/collect.ts';
import { bytesOfOutput, cutAt, everyByte, intoOneBuffer, places } from './chunks.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<Line[]> {
  return (await collect(splitLines(from(chunks)))).flat();
}

async function textsOf(...chunks: readonly string[]): Promise<string[]> {
  return (await linesOf(chunks.map((chunk) => Buffer.from(chunk)))).map((line) => line.text);
}

/** What splitting means, said in the plainest way. */
function plainly(bytes: Uint8Array): Line[] {
  const parts = Buffer.from(bytes).toString('latin1').split('\n');
  return parts
    .map((part, index) => {
      const terminated = index < parts.length - 1;
      const content = terminated ? part.replace(/\r$/, '') : part;
      return { text: Buffer.from(content, 'latin1').toString('utf8'), terminated };
    })
    .filter((line) => line.text !== '');
}

describe('splitLines', () => {
  it('keeps a line that is split across chunks', async () => {
    expect(await textsOf('{"a"', ':1}\n{"b":', '2}\n')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('gives the lines of one chunk as one batch, and none for a chunk without an end of line', async () => {
    const chunks = ['a\nb\nc', 'd', 'e\nf\n'].map((chunk) => Buffer.from(chunk));
    const batches = await collect(splitLines(from(chunks)));
    expect(batches.map((batch) => batch.map((line) => line.text))).toEqual([
      ['a', 'b'],
      ['cde', 'f'],
    ]);
  });

  it('says whether the last line was ended', async () => {
    expect(await linesOf([Buffer.from('one\ntwo')])).toEqual([
      { text: 'one', terminated: true },
      { text: 'two', terminated: false },
    ]);
    expect(await linesOf([Buffer.from('one\n')])).toEqual([{ text: 'one', terminated: true }]);
  });

  it('gives nothing for nothing, and drops blank lines', async () => {
    expect(await linesOf([])).toEqual([]);
    expect(await textsOf('', '\n\n', '\r\n', 'x\n\n', '\n')).toEqual(['x']);
  });

  it('takes the \\r of \\r\\n away, also when the chunk ends between them, and no other', async () => {
    expect(await textsOf('a\r\nb\r', '\nc\rd\n\re\n')).toEqual(['a', 'b', 'c\rd', '\re']);
  });

  it('does not split at U+2028, U+2029, U+0085, NUL, form feed or a lone \\r', async () => {
    const text = 'a\u2028b\u2029c\u0085d\0e\ff\rg';
    expect(await textsOf(`${text}\n`)).toEqual([text]);
  });

  it('makes characters whole that were torn at any byte', async () => {
    const text = 'ä€😀𝒳 – 漢字 \u2028 👩‍👩‍👧';
    expect(await linesOf(everyByte(Buffer.from(`${text}\n${text}`)))).toEqual([
      { text, terminated: true },
      { text, terminated: false },
    ]);
  });

  it('reads bytes that are no UTF-8 as U+FFFD', async () => {
    expect(await linesOf([Buffer.from([0x61, 0xff, 0x62, 0xe2, 0x82, 0x0a, 0xc3])])).toEqual([
      { text: 'a\uFFFDb\uFFFD', terminated: true },
      { text: '\uFFFD', terminated: false },
    ]);
  });

  it('gives the same lines for any chunking of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOfOutput, places, async (bytes, cuts) => {
        const expected = plainly(bytes);
        expect(await linesOf([bytes])).toEqual(expected);
        expect(await linesOf(cutAt(bytes, cuts))).toEqual(expected);
        expect((await collect(splitLines(intoOneBuffer(cutAt(bytes, cuts))))).flat()).toEqual(expected);
        expect(await linesOf(everyByte(bytes))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('reads a line of 50 MB in chunks whose memory is used again', async () => {
    const size = 50 * 1024 * 1024;
    const line = Buffer.alloc(size, 'x');
    line[size - 1] = 0x0a;
    const chunks = cutAt(
      line,
      Array.from({ length: size / 262_144 - 1 }, (_, index) => (index + 1) * 262_144),
    );
    const [read, ...others] = (await collect(splitLines(intoOneBuffer(chunks)))).flat();
    expect(others).toEqual([]);
    expect(read?.terminated).toBe(true);
    // Not toEqual: a failure must not print 50 MB.
    expect(read?.text === 'x'.repeat(size - 1)).toBe(true);
  });
});
