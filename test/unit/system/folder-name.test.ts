import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isLeftBehind, newFolderName } from '../../../src/system/folder-name.ts';

/** A name as this process gives it, with other parts in it. */
function nameWith(parts: { pid?: number; start?: string; place?: string }): string {
  const [sluice, pid, start, place, random] = newFolderName().split('-');
  return [sluice, parts.pid?.toString(36) ?? pid, parts.start ?? start, parts.place ?? place, random].join('-');
}

function pidOfTheDead(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the name of a private folder', () => {
  it('is another one each time, and short enough for the path of a socket', () => {
    const names = Array.from({ length: 100 }, newFolderName);
    expect(new Set(names).size).toBe(100);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(60);
  });

  it('ends in 16 characters that nobody can guess', () => {
    const [one, two] = [newFolderName(), newFolderName()];
    expect(one).toMatch(/-[0-9a-f]{16}$/);
    expect(one.slice(0, -16)).toBe(two.slice(0, -16));
    expect(one.slice(-16)).not.toBe(two.slice(-16));
  });

  it('is not that of a folder left behind while the process lives', () => {
    expect(isLeftBehind(newFolderName())).toBe(false);
  });

  it('is that of a folder left behind once the process is gone', () => {
    expect(isLeftBehind(nameWith({ pid: pidOfTheDead() }))).toBe(true);
  });

  it('is not that of a folder left behind when the process belongs to another container or machine', () => {
    expect(isLeftBehind(nameWith({ pid: pidOfTheDead(), place: 'fffffffflajuk' }))).toBe(false);
  });

  it('is not that of a folder left behind when it does not say where the process belongs', () => {
    expect(isLeftBehind(nameWith({ pid: pidOfTheDead(), place: '0' }))).toBe(false);
  });

  it.each([
    'sluice-',
    'sluice-e2e-AbCdEf',
    'sluice-AbCdEf',
    'sluice-1-2-3-4',
    `x${newFolderName()}`,
    `${newFolderName()}x`,
    '',
  ])('is not that of a folder left behind when sluice gives no such name: "%s"', (name) => {
    expect(isLeftBehind(name)).toBe(false);
  });
});

describe.runIf(process.platform === 'linux')(
  'the name of a private folder, where processes tell when they started',
  () => {
    it('is that of a folder left behind when another process has the id now', () => {
      expect(isLeftBehind(nameWith({ start: '1' }))).toBe(true);
    });

    it('is not that of a folder left behind when it does not say when the process started', () => {
      expect(isLeftBehind(nameWith({ start: '0' }))).toBe(false);
    });

    it('is that of a folder left behind when nobody asks for the exit code of its process', async () => {
      const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => void parent.kill('SIGKILL'));
      const [line] = await once(parent.stdout, 'data');
      const name = nameWith({ pid: Number(String(line)) });
      await expect.poll(() => isLeftBehind(name)).toBe(true);
    });
  },
);
