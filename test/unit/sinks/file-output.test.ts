import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atomicFile, openFile } from '../../../src/sinks/file-output.ts';
import { openInput } from '../../../src/prompt/open-input.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'output_error', message: expect.stringMatching(message) });

describe('openFile', () => {
  it('holds each piece as soon as it is written, for its owner alone', async () => {
    const path = join(temporaryFolder(), 'run.ndjson');
    const file = openFile('--record', path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await file.write('one\n');
    expect(readFileSync(path, 'utf8')).toBe('one\n');
    await file.write('zwö\n');
    expect(readFileSync(path, 'utf8')).toBe('one\nzwö\n');
    file.close();
  });

  it('begins anew where there is a file already', async () => {
    const path = join(temporaryFolder({ x: 'old and long' }), 'x');
    const file = openFile('--record', path);
    await file.write('new');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it.each([
    ['a folder that is missing', 'gone/run.ndjson', /^--record: .*gone\/run\.ndjson cannot be written: .*ENOENT/],
    ['a folder', 'folder', /^--record: .*folder cannot be written: .*EISDIR/],
    ['a file as a folder', 'file/x', /cannot be written: .*ENOTDIR/],
  ])('refuses %s at once, and names it', (_, name, message) => {
    const folder = temporaryFolder({ file: '' });
    mkdirSync(join(folder, 'folder'));
    expect(() => openFile('--record', join(folder, name))).toThrow(failing(message));
  });

  it.skipIf(process.platform !== 'linux')('tells of a full disk at the write', () => {
    const file = openFile('--record', '/dev/full');
    expect(() => file.write('x')).toThrow(failing(/^--record: \/dev\/full cannot be written: .*ENOSPC/));
    file.close();
  });
});

describe('atomicFile', () => {
  it('is there whole once it was written, and not before', async () => {
    const folder = temporaryFolder();
    const file = atomicFile('--bundle', join(folder, 'b.json'));
    expect(readdirSync(folder)).toEqual([]);
    await file.write('{"ä":1}\n');
    expect(readdirSync(folder)).toEqual(['b.json']);
    expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe('{"ä":1}\n');
    expect(statSync(join(folder, 'b.json')).mode & 0o777).toBe(0o600);
  });

  it('replaces a file as a whole', async () => {
    const folder = temporaryFolder({ 'b.json': 'old' });
    const file = atomicFile('--bundle', join(folder, 'b.json'));
    expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe('old');
    await file.write('new');
    expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['b.json']);
  });

  it('follows a link', async () => {
    const folder = temporaryFolder({ 'real/b.json': 'old' });
    symlinkSync(join(folder, 'real/b.json'), join(folder, 'link.json'));
    await atomicFile('--bundle', join(folder, 'link.json')).write('new');
    expect(readFileSync(join(folder, 'real/b.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder).toSorted()).toEqual(['link.json', 'real']);
  });

  it('writes to a device as it is', async () => {
    await atomicFile('--bundle', '/dev/null').write('x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('refuses a folder that is missing before anything is spent', () => {
    expect(() => atomicFile('--bundle', join(temporaryFolder(), 'gone/b.json'))).toThrow(
      failing(/^--bundle: .*gone\/b\.json cannot be written: .*ENOENT/),
    );
  });

  it('leaves nothing behind when the write fails', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'b.json');
    const file = atomicFile('--bundle', path);
    mkdirSync(path);
    writeFileSync(join(path, 'x'), '');
    expect(() => file.write('text')).toThrow(failing(/^--bundle: .*b\.json cannot be written/));
    expect(readdirSync(folder)).toEqual(['b.json']);
  });
});

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  const reading = async (path: string): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of openInput(path).bytes) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString();
  };

  it('is written to at the pace of its reader, whatever it holds', async () => {
    const path = namedPipe(temporaryFolder());
    const read = reading(path);
    const file = openFile('--record', path);
    await file.write('x'.repeat(1_000_000));
    await file.write('\nend');
    file.close();
    expect((await read).endsWith('x\nend')).toBe(true);
  });

  it('takes what is written at once, as it is', async () => {
    const path = namedPipe(temporaryFolder());
    const read = reading(path);
    await atomicFile('--bundle', path).write('{}\n');
    expect(await read).toBe('{}\n');
  });

  it('that nobody reads is refused, and not waited for', async () => {
    const path = namedPipe(temporaryFolder());
    expect(() => openFile('--record', path)).toThrow(
      failing(/^--record: .*pipe cannot be written: nobody reads this pipe/),
    );
    await expect(atomicFile('--bundle', path).write('{}')).rejects.toThrow(
      failing(/^--bundle: .*nobody reads this pipe/),
    );
  });

  it('whose reader goes away tells so at the write', async () => {
    const path = namedPipe(temporaryFolder());
    const { bytes } = openInput(path);
    const file = openFile('--record', path);
    bytes.destroy();
    await once(bytes, 'close');
    await expect(file.write('x')).rejects.toThrow(failing(/^--record: .*EPIPE/));
    file.close();
  });
});
