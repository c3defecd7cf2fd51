import { describe, expect, it } from 'vitest';
import { readStream } from '../../../src/prompt/read-stream.ts';
import { from } from '../../support/collect.ts';
import { everyByte } from '../stream/chunks.ts';

describe('readStream', () => {
  it('joins chunks, with characters torn between them', async () => {
    expect(await readStream('stdin', from(everyByte(Buffer.from('ä€😀\n'))), 100)).toBe('ä€😀\n');
  });

  it('gives nothing for nothing', async () => {
    expect(await readStream('stdin', from([]), 0)).toBe('');
  });

  it('reads bytes that are no UTF-8 as U+FFFD', async () => {
    expect(await readStream('stdin', from([Uint8Array.of(0x61, 0xff)]), 100)).toBe('a\uFFFD');
  });

  it('takes exactly the limit in bytes', async () => {
    expect(await readStream('stdin', from([Buffer.from('ää')]), 4)).toBe('ää');
    await expect(readStream('stdin', from([Buffer.from('äää')]), 5)).rejects.toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(/stdin has more than 5 bytes.*--max-prompt/),
      }),
    );
  });

  it('stops reading as soon as there is too much', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled++;
        yield new Uint8Array(10);
      }
    }
    await expect(readStream('stdin', endless(), 35)).rejects.toThrow(/more than 35/);
    expect(pulled).toBe(4);
  });
});
