import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPrivateFolder, type PrivateFolder } from '../../../src/system/private-folder.ts';

function privateFolder(): PrivateFolder {
  const folder = createPrivateFolder();
  onTestFinished(() => void folder.remove());
  return folder;
}

describe('a private folder', () => {
  it('can be entered by its owner alone, and is another one each time', () => {
    const [one, two] = [privateFolder(), privateFolder()];
    expect(statSync(one.path).mode & 0o777).toBe(0o700);
    expect(one.path).not.toBe(two.path);
  });

  it('holds files that its owner alone can read', () => {
    const folder = privateFolder();
    const file = folder.write('a.json', '{"ä":1}');
    expect(dirname(file)).toBe(folder.path);
    expect(readFileSync(file, 'utf8')).toBe('{"ä":1}');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('overwrites nothing', () => {
    const folder = privateFolder();
    folder.write('a', 'one');
    expect(() => folder.write('a', 'two')).toThrow(/EEXIST/);
    expect(readFileSync(join(folder.path, 'a'), 'utf8')).toBe('one');
  });

  it('goes with all that is in it, and may go twice', () => {
    const folder = privateFolder();
    folder.write('a', 'x');
    writeFileSync(join(folder.path, 'foreign'), 'x');
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
    expect(() => folder.remove()).not.toThrow();
  });

  it.runIf(existsSync('/dev/shm'))('stays out of memory when there is a disk', () => {
    vi.stubEnv('TMPDIR', '/dev/shm');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(dirname(privateFolder().path)).toBe('/var/tmp');
  });

  it('says what to do when there is no place for it', () => {
    vi.stubEnv('TMPDIR', '/nowhere/at/all');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => createPrivateFolder()).toThrow(
      expect.objectContaining({ code: 'internal', message: expect.stringMatching(/ENOENT.*set TMPDIR/) }),
    );
  });
});
