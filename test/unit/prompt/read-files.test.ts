import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { followInputs } from '../../../src/prompt/follow-inputs.ts';
import { type FileReading, readFiles } from '../../../src/prompt/read-files.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function read(paths: readonly string[], cwd: string, own: Partial<FileReading> = {}) {
  const signal = new AbortController().signal;
  const inputs = followInputs(() => {});
  return readFiles(paths, {
    option: '--file',
    cwd,
    limit: 100,
    taken: 0,
    signal,
    inputs,
    condense: null,
    onOddity: () => {},
    ...own,
  });
}

const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('readFiles', () => {
  it('reads files in the order given, under the names they were given', async () => {
    const folder = temporaryFolder({ 'b.txt': 'beta', 'sub/a.txt': 'älpha\r\n' });
    const absolute = join(folder, 'b.txt');
    expect(await read(['sub/a.txt', './b.txt', absolute], folder)).toEqual([
      { name: 'sub/a.txt', text: 'älpha\r\n' },
      { name: './b.txt', text: 'beta' },
      { name: absolute, text: 'beta' },
    ]);
  });

  it('reads none of none', async () => {
    expect(await read([], '/nowhere')).toEqual([]);
  });

  it('reads bytes that are no UTF-8 as U+FFFD, and says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.bin'), Uint8Array.of(0x61, 0xff));
    const odd: string[] = [];
    expect(await read(['x.bin'], folder, { onOddity: (text) => void odd.push(text) })).toEqual([
      { name: 'x.bin', text: 'a\uFFFD' },
    ]);
    expect(odd).toEqual(['x.bin (--file) has 1 place that is no text; there, the model sees U+FFFD']);
  });

  it('says how much of a file fits in beside the others', async () => {
    const folder = temporaryFolder({ 'a b.log': 'x'.repeat(1001), 'c.log': 'x'.repeat(100) });
    await expect(read(['a b.log', 'c.log'], folder, { limit: 1000, taken: 50 })).rejects.toThrow(
      failing(/^--file: a b\.log cannot be read: .*\(--max-prompt\); send its end: tail -c 840 'a b\.log' \| sluice …/),
    );
  });

  it.each([
    ['a file that is missing', 'gone.txt', /--file: gone\.txt cannot be read: .*ENOENT/],
    ['a directory', 'sub', /--file: sub cannot be read: it is a folder/],
    ['a file in no directory', 'big.txt/x', /--file: big\.txt\/x cannot be read: .*ENOTDIR/],
    ['a file over the limit', 'big.txt', /--file: big\.txt cannot be read: .*11 bytes.*limit of 10.*--max-prompt/],
  ])('names %s, and who asked for it', async (_, path, message) => {
    const folder = temporaryFolder({ 'big.txt': 'x'.repeat(11), 'sub/a.txt': '' });
    await expect(read([path], folder, { limit: 10 })).rejects.toThrow(failing(message));
  });

  it('takes a file of exactly the limit', async () => {
    const folder = temporaryFolder({ 'big.txt': 'x'.repeat(10) });
    expect(await read(['big.txt'], folder, { limit: 10 })).toHaveLength(1);
  });
});

describe('a pipe among the files', () => {
  it('is waited for and read to its end', async () => {
    const path = namedPipe(temporaryFolder());
    const files = read([path], '/');
    const writer = await open(path, 'w');
    await writer.write('first, ');
    await writer.write('second');
    await writer.close();
    expect(await files).toEqual([{ name: path, text: 'first, second' }]);
  });

  it('is refused as soon as it has given too much', async () => {
    const path = namedPipe(temporaryFolder());
    const files = read([path], '/', { limit: 10 });
    files.catch(() => {});
    const writer = await open(path, 'w');
    onTestFinished(() => writer.close());
    await writer.write('x'.repeat(11));
    await expect(files).rejects.toThrow(failing(/it has more than 10 bytes, over the limit of 10/));
  });

  it('is told when it is silent for long, and given up when there is to be no run', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stop = new AbortController();
    const told: string[] = [];
    const path = namedPipe(temporaryFolder());
    const files = read([path], '/', { signal: stop.signal, inputs: followInputs((text) => void told.push(text)) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([`waiting for ${path} (--file), which is silent so far`]);
    stop.abort();
    expect(await files).toEqual([{ name: path, text: '' }]);
  });
});
