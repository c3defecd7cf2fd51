import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityAt, openFolder } from '../../../src/system/open-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe('an open folder', () => {
  it('knows its own path and what it is, whatever led to it', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'folder'));
    symlinkSync(root, join(root, 'link'));
    const { path, identity, entrance, close } = openFolder(join(root, 'link', 'link', 'folder'));
    onTestFinished(close);
    expect(path).toBe(join(root, 'folder'));
    expect([identity, identityAt(entrance)]).toEqual([identityAt(path), identityAt(path)]);
  });

  it.each([
    ['a file', 'file'],
    ['nothing', 'nothing'],
    ['a link to nothing', 'dangling'],
  ])('is never %s', (_, name) => {
    const root = temporaryFolder({ file: '' });
    symlinkSync('nowhere', join(root, 'dangling'));
    expect(() => openFolder(join(root, name))).toThrow(/ENOENT|ENOTDIR|not a directory/);
  });
});
