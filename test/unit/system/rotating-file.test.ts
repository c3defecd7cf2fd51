import { type FileHandle, open } from 'node:fs/promises';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRotatingFile, type RotatingFile } from '../../../src/system/rotating-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const opened = (
  file: string,
  maxBytes = 1_000_000,
  maxFiles = 3,
  onStuck = (error: unknown): void => expect.unreachable(String(error)),
): Promise<RotatingFile> => openRotatingFile({ file, maxBytes, maxFiles, onStuck });

const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/** What all open files share. */
async function openFiles(): Promise<Pick<FileHandle, 'write' | 'truncate'>> {
  const file = await open(import.meta.filename);
  await file.close();
  return Object.getPrototypeOf(file) as Pick<FileHandle, 'write' | 'truncate'>;
}

/** A disk that takes so many bytes of each write from now on. */
async function fillDisk(bytes: number): Promise<void> {
  const files = await openFiles();
  const { write } = files;
  vi.spyOn(files, 'write').mockImplementation(function (this: FileHandle, data) {
    return Reflect.apply(write, this, [data.slice(0, bytes)]);
  });
}

afterEach(() => void vi.restoreAllMocks());

describe('a rotating file', () => {
  it('is made for its owner alone, and the full ones stay so', async () => {
    const folder = temporaryFolder();
    const file = await opened(join(folder, 'audit.jsonl'), 4);
    for (const line of ['one\n', 'two\n', 'three\n']) await file.append(line);
    expect(readdirSync(folder)).toEqual(['audit.jsonl', 'audit.jsonl.1', 'audit.jsonl.2']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('begins anew after the line that fills it, and keeps so many full ones', async () => {
    const folder = temporaryFolder();
    const file = await opened(join(folder, 'audit'), 10, 2);
    for (let line = 1; line <= 9; line++) await file.append(`line ${line}\n`);
    expect(contentsOf(folder)).toEqual({
      audit: 'line 9\n',
      'audit.1': 'line 7\nline 8\n',
      'audit.2': 'line 5\nline 6\n',
    });
  });

  it('goes on where it was when it is opened again', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'audit');
    for (let line = 1; line <= 5; line++) await (await opened(path, 10, 2)).append(`line ${line}\n`);
    expect(contentsOf(folder)).toEqual({
      audit: 'line 5\n',
      'audit.1': 'line 3\nline 4\n',
      'audit.2': 'line 1\nline 2\n',
    });
  });

  it('is full when it is opened with a lower size', async () => {
    const folder = temporaryFolder({ audit: 'line 1\nline 2\n' });
    await (await opened(join(folder, 'audit'), 10)).append('line 3\n');
    expect(contentsOf(folder)).toEqual({ audit: 'line 3\n', 'audit.1': 'line 1\nline 2\n' });
  });

  it('leaves what is there, and begins a line of its own after one that was cut off', async () => {
    const folder = temporaryFolder({ audit: 'whole\n{"cut' });
    const file = await opened(join(folder, 'audit'));
    for (const line of ['one\n', 'two\n']) await file.append(line);
    expect(contentsOf(folder)).toEqual({ audit: 'whole\n{"cut\none\ntwo\n' });
  });

  it('is made again when somebody moves or removes it, and waits for its folder', async () => {
    const folder = temporaryFolder({ 'logs/audit': '' });
    const path = join(folder, 'logs', 'audit');
    const file = await opened(path);
    await file.append('one\n');
    renameSync(path, `${path}.old`);
    await file.append('two\n');
    rmSync(path);
    await file.append('three\n');
    expect(contentsOf(dirname(path))).toEqual({ audit: 'three\n', 'audit.old': 'one\n' });
    rmSync(dirname(path), { recursive: true });
    await expect(file.append('four\n')).rejects.toThrow('ENOENT');
    mkdirSync(dirname(path));
    await file.append('four\n');
    expect(contentsOf(dirname(path))).toEqual({ audit: 'four\n' });
  });

  it('stays where a link leads', async () => {
    const folder = temporaryFolder({ 'data/audit': '' });
    symlinkSync(join(folder, 'data', 'audit'), join(folder, 'link'));
    const file = await opened(join(folder, 'link'), 4);
    expect(file.path).toBe(join(folder, 'data', 'audit'));
    for (const line of ['one\n', 'two\n']) await file.append(line);
    expect(contentsOf(join(folder, 'data'))).toEqual({ audit: 'two\n', 'audit.1': 'one\n' });
  });

  it('is made where a link leads to nothing yet', async () => {
    const folder = temporaryFolder({ 'data/other': '' });
    symlinkSync(join(folder, 'data', 'audit'), join(folder, 'link'));
    const file = await opened(join(folder, 'link'), 4);
    for (const line of ['one\n', 'two\n']) await file.append(line);
    expect(contentsOf(join(folder, 'data'))).toEqual({ audit: 'two\n', 'audit.1': 'one\n', other: '' });
  });

  it('follows no link that took its place, and moves nothing away but files', async () => {
    const folder = temporaryFolder({ other: 'long enough\n' });
    const path = join(folder, 'audit');
    const file = await opened(path, 4);
    rmSync(path);
    symlinkSync(join(folder, 'other'), path);
    await expect(file.append('one\n')).rejects.toThrow('ELOOP');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('long enough\n');
    rmSync(path);
    mkdirSync(path);
    await expect(file.append('one\n')).rejects.toThrow('EISDIR');
    expect(readdirSync(folder)).toEqual(['audit', 'other']);
  });

  it('has nothing of a line that the disk took in part, and takes it whole another time', async () => {
    const folder = temporaryFolder();
    const file = await opened(join(folder, 'audit'));
    await file.append('one\n');
    await fillDisk(2);
    await expect(file.append('two\n')).rejects.toThrow('there is no room for a whole line');
    expect(contentsOf(folder)).toEqual({ audit: 'one\n' });
    vi.restoreAllMocks();
    await file.append('two\n');
    expect(contentsOf(folder)).toEqual({ audit: 'one\ntwo\n' });
  });

  it('keeps lines apart where that part cannot be taken back', async () => {
    const folder = temporaryFolder();
    const file = await opened(join(folder, 'audit'));
    await fillDisk(2);
    vi.spyOn(await openFiles(), 'truncate').mockRejectedValue(new Error('EPERM: operation not permitted, ftruncate'));
    await expect(file.append('one\n')).rejects.toThrow('there is no room for a whole line');
    vi.restoreAllMocks();
    for (const line of ['one\n', 'two\n']) await file.append(line);
    expect(contentsOf(folder)).toEqual({ audit: 'on\none\ntwo\n' });
  });

  it('says so when the disk takes nothing', async () => {
    const folder = temporaryFolder();
    const file = await opened(join(folder, 'audit'));
    vi.spyOn(await openFiles(), 'write').mockRejectedValue(new Error('ENOSPC: no space left on device, write'));
    await expect(file.append('one\n')).rejects.toThrow('ENOSPC');
    vi.restoreAllMocks();
    await file.append('one\n');
    expect(contentsOf(folder)).toEqual({ audit: 'one\n' });
  });

  it('goes on in a full file that cannot be moved away, says so once, and moves it when it can', async () => {
    const folder = temporaryFolder({ 'audit.1/in the way': '' });
    const stuck: unknown[] = [];
    const file = await opened(join(folder, 'audit'), 4, 1, (error) => void stuck.push(error));
    for (const line of ['one\n', 'two\n', 'three\n']) await file.append(line);
    expect(readFileSync(join(folder, 'audit'), 'utf8')).toBe('one\ntwo\nthree\n');
    expect(stuck).toEqual([expect.objectContaining({ code: 'EISDIR' })]);
    rmSync(join(folder, 'audit.1'), { recursive: true });
    await file.append('four\n');
    expect(contentsOf(folder)).toEqual({ audit: 'four\n', 'audit.1': 'one\ntwo\nthree\n' });
    rmSync(join(folder, 'audit.1'));
    mkdirSync(join(folder, 'audit.1'));
    await file.append('five\n');
    expect(stuck).toHaveLength(2);
  });

  it('pushes no full file out that need not go', async () => {
    const folder = temporaryFolder({ audit: 'four\n', 'audit.2': 'two\n', 'audit.3': 'one\n' });
    const file = await opened(join(folder, 'audit'), 4, 3);
    await file.append('five\n');
    expect(contentsOf(folder)).toEqual({
      audit: 'five\n',
      'audit.1': 'four\n',
      'audit.2': 'two\n',
      'audit.3': 'one\n',
    });
  });

  it('is not opened where there is no folder, or something that is no file', async () => {
    const folder = temporaryFolder({ file: '' });
    await expect(opened(join(folder, 'no', 'audit'))).rejects.toThrow('ENOENT');
    await expect(opened(folder)).rejects.toThrow('it is no plain file');
    await expect(opened('/dev/null')).rejects.toThrow('it is no plain file');
    await expect(opened(join(folder, 'file', 'audit'))).rejects.toThrow('ENOTDIR');
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});
