import { readdirSync, writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPrivateFolder } from '../../../../src/claude/folders/private-folder.ts';
import { openSpool, type Spool } from '../../../../src/claude/output/spool.ts';

function spoolInFolder(): { spool: Spool; path: string } {
  const folder = createPrivateFolder();
  const spool = openSpool(folder.path);
  onTestFinished(() => {
    spool.close();
    folder.remove();
  });
  return { spool, path: folder.path };
}

/** All that comes out; chunks are copied, since their memory is used again. */
async function readAll(spool: Spool): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of spool.chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('a spool', () => {
  it('gives what was written before it was read', async () => {
    const { spool } = spoolInFolder();
    writeSync(spool.descriptor, 'one\ntwo\n');
    spool.end();
    expect((await readAll(spool)).toString()).toBe('one\ntwo\n');
  });

  it('gives nothing when nothing was written', async () => {
    const { spool } = spoolInFolder();
    spool.end();
    expect(await readAll(spool)).toHaveLength(0);
  });

  it('gives what is written while it is read, at once and not at the end', async () => {
    const { spool } = spoolInFolder();
    const chunks = spool.chunks();
    for (const text of ['first', 'second', 'third']) {
      const next = chunks.next();
      await turn();
      writeSync(spool.descriptor, text);
      expect(Buffer.from((await next).value ?? []).toString()).toBe(text);
    }
    const end = chunks.next();
    spool.end();
    expect((await end).done).toBe(true);
  });

  it('reads to the end when the end is told in the middle of a read', async () => {
    const { spool } = spoolInFolder();
    const chunks = spool.chunks();
    writeSync(spool.descriptor, 'a');
    await chunks.next();
    const next = chunks.next();
    await turn();
    writeSync(spool.descriptor, 'b');
    spool.end();
    expect(Buffer.from((await next).value ?? []).toString()).toBe('b');
    expect((await chunks.next()).done).toBe(true);
  });

  it('gives every byte once and in order, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(5000), fc.boolean()), { maxLength: 20 }), async (writes) => {
        const folder = createPrivateFolder();
        const spool = openSpool(folder.path);
        let next = 0;
        const written: Buffer[] = [];
        const read = readAll(spool);
        for (const [size, pause] of writes) {
          const bytes = Buffer.from(Array.from({ length: size }, () => next++ % 251));
          written.push(bytes);
          for (let done = 0; done < bytes.length;) done += writeSync(spool.descriptor, bytes, done);
          if (pause) await turn();
        }
        spool.end();
        expect((await read).equals(Buffer.concat(written))).toBe(true);
        spool.close();
        folder.remove();
      }),
      { numRuns: 50 },
    );
  });

  it('gives 20 MB whole', async () => {
    const { spool } = spoolInFolder();
    const megabyte = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => index % 251));
    const read = readAll(spool);
    for (let count = 0; count < 20; count++) {
      for (let done = 0; done < megabyte.length;) done += writeSync(spool.descriptor, megabyte, done);
      await turn();
    }
    spool.end();
    const bytes = await read;
    expect(bytes).toHaveLength(20 * megabyte.length);
    expect(bytes.equals(Buffer.concat(Array.from({ length: 20 }, () => megabyte)))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('leaves no file behind, even while it is open', () => {
    const { path } = spoolInFolder();
    expect(readdirSync(path)).toEqual([]);
  });
});
