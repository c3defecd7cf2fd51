import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordingEncoding } from '../../../src/stream/recording-encoding.ts';
import { asUtf8 } from '../../../src/system/as-utf8.ts';
import { from } from '../../support/collect.ts';

async function read(chunks: readonly Uint8Array[]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of asUtf8(from(chunks), recordingEncoding)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const ENCODERS: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
  UTF16LE: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  UTF16BE: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};

describe.each(Object.entries(ENCODERS))('a text in %s', (_, encode) => {
  it('is UTF-8 without a mark then, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.array(fc.nat({ max: 90 }), { maxLength: 5 }),
        async (text, cuts) => {
          const bytes = encode(`{${text}`);
          const edges = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
          const chunks = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
          expect(await read(chunks)).toBe(`{${text}`);
        },
      ),
    );
  });
});

describe('what is to be replayed', () => {
  it('gives nothing for nothing', async () => {
    expect(await read([])).toBe('');
  });

  it('leaves bytes that are no text to the reader', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00]);
    const pieces: Uint8Array[] = [];
    for await (const piece of asUtf8(from([bytes]), recordingEncoding)) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(bytes);
  });

  it('refuses what is compressed, and says what to do', async () => {
    await expect(read([gzipSync('{}')])).rejects.toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'what is to be replayed is gzip, and no recording; try: gunzip -c FILE | sluice replay',
      }),
    );
  });
});
