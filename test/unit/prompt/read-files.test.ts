import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFiles } from '../../../src/prompt/read-files.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe('readFiles', () => {
  it('reads files in the order given, under the names they were given', async () => {
    const folder = temporaryFolder({ 'b.txt': 'beta', 'sub/a.txt': 'älpha\r\n' });
    const absolute = join(folder, 'b.txt');
    expect(await readFiles('--file', ['sub/a.txt', './b.txt', absolute], folder, 100)).toEqual([
      { name: 'sub/a.txt', text: 'älpha\r\n' },
      { name: './b.txt', text: 'beta' },
      { name: absolute, text: 'beta' },
    ]);
  });

  it('reads none of none', async () => {
    expect(await readFiles('--file', [], '/nowhere', 100)).toEqual([]);
  });

  it('reads bytes that are no UTF-8 as U+FFFD', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.bin'), Uint8Array.of(0x61, 0xff));
    expect(await readFiles('--file', ['x.bin'], folder, 100)).toEqual([{ name: 'x.bin', text: 'a\uFFFD' }]);
  });

  it.each([
    ['a file that is missing', 'gone.txt', /--file: gone\.txt cannot be read: .*ENOENT/],
    ['a directory', 'sub', /--file: sub cannot be read: ./],
    ['a file in no directory', 'big.txt/x', /--file: big\.txt\/x cannot be read: .*ENOTDIR/],
    ['a file over the limit', 'big.txt', /--file: big\.txt cannot be read: .*11 bytes.*limit of 10.*--max-prompt/],
  ])('names %s, and who asked for it', async (_, path, message) => {
    const folder = temporaryFolder({ 'big.txt': 'x'.repeat(11), 'sub/a.txt': '' });
    await expect(readFiles('--file', [path], folder, 10)).rejects.toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    );
  });

  it('takes a file of exactly the limit', async () => {
    const folder = temporaryFolder({ 'big.txt': 'x'.repeat(10) });
    expect(await readFiles('--prompt-file', ['big.txt'], folder, 10)).toHaveLength(1);
  });
});
