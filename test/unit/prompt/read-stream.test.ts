import { describe, expect, it } from 'vitest';
import { readStream } from '../../../src/prompt/read-stream.ts';
import { from } from '../../support/collect.ts';
import { everyByte } from '../stream/chunks.ts';

const tooMuch = new Error('too much');

describe('readStream', () => {
  it('joins chunks', async () => {
    const bytes = await readStream(from(everyByte(Buffer.from('ä€😀\n'))), { limit: 100, tooMuch });
    expect(bytes.toString()).toBe('ä€😀\n');
  });

  it('gives nothing for nothing', async () => {
    expect(await readStream(from([]), { limit: 0, tooMuch })).toHaveLength(0);
  });

  it('takes exactly the limit', async () => {
    expect(await readStream(from([Buffer.from('ää')]), { limit: 4, tooMuch })).toHaveLength(4);
    await expect(readStream(from([Buffer.from('äää')]), { limit: 5, tooMuch })).rejects.toBe(tooMuch);
  });

  it('stops reading as soon as there is too much', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled++;
        yield new Uint8Array(10);
      }
    }
    await expect(readStream(endless(), { limit: 35, tooMuch })).rejects.toBe(tooMuch);
    expect(pulled).toBe(4);
  });

  it('keeps what came until it was enough, and fails when nobody said so', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('so far');
      throw new Error('destroyed');
    }
    expect(String(await readStream(broken(), { limit: 10, tooMuch, enough: AbortSignal.abort() }))).toBe('so far');
    const enough = new AbortController().signal;
    await expect(readStream(broken(), { limit: 10, tooMuch, enough })).rejects.toThrow('destroyed');
  });
});
