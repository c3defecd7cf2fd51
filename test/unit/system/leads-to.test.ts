import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leadsTo, leadToOneFile } from '../../../src/system/leads-to.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A folder with a file, one more folder, and links: to what is there, to what is not, to itself. */
function folderWithLinks(): string {
  const folder = temporaryFolder({ 'a.txt': '', 'sub/b.txt': '' });
  symlinkSync('a.txt', join(folder, 'to-a'));
  symlinkSync('sub', join(folder, 'to-sub'));
  symlinkSync('sub/new', join(folder, 'to-new'));
  symlinkSync('to-new', join(folder, 'to-to-new'));
  symlinkSync('loop', join(folder, 'loop'));
  linkSync(join(folder, 'a.txt'), join(folder, 'also-a'));
  return folder;
}

describe('leadsTo', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['to-a', 'a.txt'],
    ['to-sub/b.txt', 'sub/b.txt'],
    ['new', 'new'],
    ['to-sub/new', 'sub/new'],
    ['to-to-new', 'sub/new'],
  ])('%s is %s', (path, file) => {
    const folder = folderWithLinks();
    expect(leadsTo(join(folder, path)).path).toBe(join(folder, file));
  });

  it('leaves the name of what is no plain file', () => {
    expect(leadsTo('/dev/null')).toMatchObject({ path: '/dev/null' });
    const pipe = namedPipe(temporaryFolder());
    expect(leadsTo(pipe).path).toBe(pipe);
    expect(leadsTo(pipe).stats?.isFIFO()).toBe(true);
  });

  it.each([
    ['gone/new', 'ENOENT'],
    ['a.txt/new', 'ENOTDIR'],
    ['loop', 'ELOOP'],
  ])('%s leads nowhere', (path, code) => {
    expect(() => leadsTo(join(folderWithLinks(), path))).toThrow(code);
  });
});

describe('leadToOneFile', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['a.txt', 'to-a'],
    ['a.txt', 'also-a'],
    ['a.txt', 'sub/../a.txt'],
    ['new', 'new'],
    ['to-to-new', 'to-sub/new'],
    ['sub/new', 'to-new'],
  ])('%s and %s do', (one, other) => {
    const folder = folderWithLinks();
    expect(leadToOneFile(join(folder, one), join(folder, other))).toBe(true);
  });

  it.each([
    ['a.txt', 'sub/b.txt'],
    ['a.txt', 'new'],
    ['new', 'sub/new'],
    ['new', 'newer'],
    ['gone/new', 'gone/new'],
    ['loop', 'loop'],
  ])('%s and %s do not', (one, other) => {
    const folder = folderWithLinks();
    expect(leadToOneFile(join(folder, one), join(folder, other))).toBe(false);
  });

  it('is true of a pipe, and of no device', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'd'));
    const pipe = namedPipe(folder);
    expect(leadToOneFile(pipe, join(folder, 'd/../pipe'))).toBe(true);
    expect(leadToOneFile('/dev/null', '/dev/null')).toBe(false);
  });
});
