import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newFolderName } from '../../../src/system/folder-name.ts';
import { removeStaleFolders, removeStaleFoldersAtTimes } from '../../../src/system/stale-folders.ts';

const isRoot = process.getuid?.() === 0;

/** An empty folder that is the temporary one for as long as the test lasts. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'stale-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The name of a folder whose process is gone. */
function deadName(): string {
  const [sluice, , ...rest] = newFolderName().split('-');
  return [sluice, dead.toString(36), ...rest].join('-');
}

const dead = spawnSync(process.execPath, ['--version']).pid;

function makeFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'mcpConfig-0.json'), '{}');
  return folder;
}

describe('folders of runs that died', () => {
  it('are removed with all that is in them', async () => {
    const temporary = temporaryFolder();
    const folder = makeFolder(temporary, deadName());
    mkdirSync(join(folder, 'claude-1000', 'deep', 'er'), { recursive: true });
    writeFileSync(join(folder, 'claude-1000', 'deep', 'er', 'file'), 'x');
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('are removed though a tool made folders in them read-only', async () => {
    const temporary = temporaryFolder();
    const cache = join(makeFolder(temporary, deadName()), 'cache');
    mkdirSync(join(cache, 'module'), { recursive: true });
    writeFileSync(join(cache, 'module', 'file'), 'x');
    chmodSync(join(cache, 'module'), 0o500);
    chmodSync(cache, 0o000);
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('are removed without what links in them lead to', async () => {
    const temporary = temporaryFolder();
    const precious = makeFolder(temporary, 'precious');
    const folder = makeFolder(temporary, deadName());
    symlinkSync(precious, join(folder, 'folder'));
    symlinkSync(join(precious, 'mcpConfig-0.json'), join(folder, 'file'));
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toEqual(['precious']);
    expect(readdirSync(precious)).toEqual(['mcpConfig-0.json']);
  });

  it('are removed a few at a time', async () => {
    const temporary = temporaryFolder();
    for (let count = 0; count < 20; count++) makeFolder(temporary, deadName());
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toHaveLength(4);
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toHaveLength(0);
  });

  it('are found in a folder that is too large to be read at once', async () => {
    const temporary = temporaryFolder();
    for (let count = 0; count < 400; count++) writeFileSync(join(temporary, `${count}-${'x'.repeat(200)}`), '');
    makeFolder(temporary, deadName());
    await removeStaleFolders().done;
    expect(readdirSync(temporary)).toHaveLength(400);
  });

  it('are removed by several runs at once', async () => {
    const temporary = temporaryFolder();
    for (let count = 0; count < 10; count++) makeFolder(temporary, deadName());
    await Promise.all(Array.from({ length: 5 }, () => removeStaleFolders().done));
    expect(readdirSync(temporary)).toHaveLength(0);
  });

  it('are left to the next run when this one is over', async () => {
    const temporary = temporaryFolder();
    makeFolder(temporary, deadName());
    const cleaning = removeStaleFolders();
    cleaning.close();
    await cleaning.done;
    expect(readdirSync(temporary)).toHaveLength(1);
  });

  it('are looked for once a minute where there are many runs, and by the next one where this one did not get to the end', async () => {
    const temporary = temporaryFolder();
    makeFolder(temporary, deadName());
    const [now] = process.hrtime();
    const clock = vi.spyOn(process, 'hrtime');
    onTestFinished(() => clock.mockRestore());
    // Tests of other files share this process, and may have had a run just now.
    clock.mockReturnValue([now + 61, 0]);
    removeStaleFoldersAtTimes()?.close();
    const cleaning = removeStaleFoldersAtTimes();
    expect(removeStaleFoldersAtTimes()).toBeNull();
    await cleaning?.done;
    cleaning?.close();
    expect(readdirSync(temporary)).toEqual([]);
    clock.mockReturnValue([now + 120, 0]);
    expect(removeStaleFoldersAtTimes()).toBeNull();
    clock.mockReturnValue([now + 121, 0]);
    const next = removeStaleFoldersAtTimes();
    await next?.done;
    expect(next).not.toBeNull();
  });

  it('are no reason to fail when there is no place for them', async () => {
    vi.stubEnv('TMPDIR', '/nowhere/at/all');
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(removeStaleFolders().done).resolves.toBeUndefined();
  });
});

describe('what is left alone', () => {
  it('is the folder of a run that goes on', async () => {
    const folder = makeFolder(temporaryFolder(), newFolderName());
    await removeStaleFolders().done;
    expect(existsSync(join(folder, 'mcpConfig-0.json'))).toBe(true);
  });

  it('is the folder of another container that shares the temporary folder', async () => {
    const [sluice, pid, start, , random] = deadName().split('-');
    const folder = makeFolder(temporaryFolder(), [sluice, pid, start, 'fffffffflajuk', random].join('-'));
    await removeStaleFolders().done;
    expect(existsSync(folder)).toBe(true);
  });

  it('is everything else, whatever it is called', async () => {
    const temporary = temporaryFolder();
    makeFolder(temporary, 'sluice-e2e-AbCdEf');
    const [file, link] = [deadName(), deadName()];
    writeFileSync(join(temporary, file), 'x');
    symlinkSync(makeFolder(temporary, 'precious'), join(temporary, link));
    await removeStaleFolders().done;
    expect(readdirSync(temporary).sort()).toEqual([file, link, 'precious', 'sluice-e2e-AbCdEf'].sort());
    expect(lstatSync(join(temporary, link)).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(temporary, 'precious'))).toEqual(['mcpConfig-0.json']);
  });

  it.runIf(isRoot)('is the folder of another user', async () => {
    const folder = makeFolder(temporaryFolder(), deadName());
    chownSync(folder, 65_534, 65_534);
    await removeStaleFolders().done;
    expect(existsSync(folder)).toBe(true);
  });
});
