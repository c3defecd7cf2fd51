import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FileLock, lockFile, waitForLock } from '../../../src/system/file-lock.ts';
import { rounds } from '../../support/rounds.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function locked(file: string): Promise<FileLock> {
  const lock = await lockFile(file);
  if (!('release' in lock)) throw new Error(`${file} is in use`);
  return lock;
}

/** What a second one learns in this process. */
const HELD = { heldBy: process.pid };

/** As a process leaves it that is killed: there, but nobody's. */
async function leaveLock(folder: string, file: string): Promise<string> {
  const lock = await locked(join(folder, file));
  const [name = ''] = readdirSync(folder).filter((entry) => entry.startsWith(`.${file}.lock-`));
  renameSync(join(folder, name), join(folder, 'aside'));
  await lock.release();
  renameSync(join(folder, 'aside'), join(folder, name));
  return name;
}

describe('the lock of a file', () => {
  it('is had by one at a time', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'audit');
    const lock = await locked(file);
    for (let other = 1; other <= 3; other++) expect(await lockFile(file)).toEqual(HELD);
    await lock.release();
    await (await locked(file)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is had also where its file is cleared away as soon as it is there', async () => {
    const folder = temporaryFolder();
    let cleaner = globalThis.setImmediate(clear);
    onTestFinished(() => clearImmediate(cleaner));
    const had: FileLock[] = [];
    for (let round = 1; round <= 20; round++) had.push(await locked(join(folder, `audit-${round}`)));
    for (const lock of had) await lock.release();
    expect(readdirSync(folder)).toEqual([]);

    function clear(): void {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
      cleaner = globalThis.setImmediate(clear);
    }
  });

  it('is had by exactly one of many who come at once', async () => {
    const folder = temporaryFolder();
    for (let round = 1; round <= rounds(10); round++) {
      await leaveLock(folder, 'audit');
      const locks = await Promise.all(Array.from({ length: 8 }, () => lockFile(join(folder, 'audit'))));
      const had = locks.filter((lock) => 'release' in lock);
      expect(had).toHaveLength(1);
      for (const lock of had) await lock.release();
    }
  });

  it('is taken over from a process that is gone', async () => {
    const folder = temporaryFolder();
    const left = await leaveLock(folder, 'audit');
    expect(statSync(join(folder, left)).isSocket()).toBe(true);
    const lock = await locked(join(folder, 'audit'));
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain(left);
    expect(await lockFile(join(folder, 'audit'))).toEqual(HELD);
    await lock.release();
  });

  it('goes to one whose claim was taken for that of a process that is gone', async () => {
    const folder = temporaryFolder();
    const lock = await locked(join(folder, 'audit'));
    const [held] = readdirSync(folder);
    const next = waitForLock(join(folder, 'audit'), new AbortController().signal, () => {
      for (const name of readdirSync(folder)) if (name !== held) rmSync(join(folder, name));
      void lock.release();
    });
    await (await next).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is had by one at a time also where the claim of one was taken for that of a process that is gone', async () => {
    const folder = temporaryFolder();
    const first = locked(join(folder, 'audit'));
    while (readdirSync(folder).length === 0) await setImmediate();
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    const lock = await first;
    expect(await lockFile(join(folder, 'audit'))).toEqual(HELD);
    await lock.release();
  });

  it('is held, too, by one who does not say who it is', async () => {
    const folder = temporaryFolder();
    const mute = createServer((socket) => socket.destroy());
    await once(mute.listen(join(folder, `.audit.lock-${'0'.repeat(12)}`)), 'listening');
    expect(await lockFile(join(folder, 'audit'))).toEqual({ heldBy: null });
    mute.close();
  });

  it('is had as soon as one who came at the same time and was silent for seconds has let it go', async () => {
    const folder = temporaryFolder();
    const visitors: Socket[] = [];
    const busy = createServer((socket) => visitors.push(socket));
    await once(busy.listen(join(folder, `.audit.lock-${'z'.repeat(8)}0000`)), 'listening');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const lock = lockFile(join(folder, 'audit'));
    for (let asked = 1; asked <= 12; asked++) {
      await once(busy, 'connection');
      vi.advanceTimersByTime(500);
    }
    await once(busy, 'connection');
    for (const visitor of visitors) visitor.end('waiting 1\n');
    expect(await lock).toHaveProperty('release');
    busy.close();
  });

  it('is held by one whose socket shows that it is, without many questions', async () => {
    const folder = temporaryFolder();
    const path = join(folder, `.audit.lock-${'z'.repeat(8)}0000`);
    let asked = 0;
    const stopped = createServer((socket) => {
      asked++;
      socket.destroy();
    });
    await once(stopped.listen(path), 'listening');
    const lock = await locked(join(folder, 'other'));
    const [name = ''] = readdirSync(folder).filter((entry) => entry.startsWith('.other'));
    chmodSync(path, statSync(join(folder, name)).mode & 0o777);
    expect(await lockFile(join(folder, 'audit'))).toEqual({ heldBy: null });
    expect(asked).toBe(2);
    await lock.release();
    stopped.close();
  });

  it('is released, however long a visitor stays', async () => {
    const folder = temporaryFolder();
    const lock = await locked(join(folder, 'audit'));
    const [name = ''] = readdirSync(folder);
    const visitor = connect(join(folder, name));
    await once(visitor, 'connect');
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    visitor.destroy();
  });

  it('says nothing of other files, and removes none', async () => {
    const others = ['.audit.lock-notours1', '.audit.lock', `.audit.lock-${'0'.repeat(12)}.bak`];
    const folder = temporaryFolder(Object.fromEntries(others.map((name) => [name, ''])));
    const other = await leaveLock(folder, 'audit.jsonl');
    const names = ['audit', 'audit.lock-1', 'dit'];
    const locks = await Promise.all(names.map((name) => locked(join(folder, name))));
    for (const lock of locks) await lock.release();
    expect(readdirSync(folder)).toEqual([...others, other].toSorted());
  });

  it('is there, however deep its folder is', async () => {
    const folder = join(temporaryFolder(), 'd'.repeat(100), 'e'.repeat(100));
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'audit');
    const lock = await locked(file);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.audit\.lock-[0-9a-z]{8}[0-9a-f]{4}$/)]);
    expect(await lockFile(file)).toEqual(HELD);
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused where there can be none', async () => {
    const folder = temporaryFolder({ file: '' });
    await expect(lockFile(join(folder, 'no', 'audit'))).rejects.toThrow('ENOENT');
    await expect(lockFile(join(folder, 'file', 'audit'))).rejects.toThrow('ENOTDIR');
    await expect(lockFile(join(folder, 'a'.repeat(100)))).rejects.toThrow('its path is too long for a lock beside it');
    writeFileSync(join(folder, 'audit'), '');
    await (await locked(join(folder, 'audit'))).release();
    expect(readdirSync(folder)).toEqual(['audit', 'file']);
  });

  it('goes to each of those who wait, one at a time, and to nobody who waits no more', async () => {
    const file = join(temporaryFolder(), 'audit');
    let lock = await locked(file);
    let [inside, most, times] = [0, 0, 0];
    const told: unknown[] = [];
    const waiting = Array.from({ length: 8 }, async () => {
      const own = await waitForLock(file, new AbortController().signal, (holder) => told.push(holder));
      most = Math.max(most, ++inside);
      times++;
      await setImmediate();
      inside--;
      await own.release();
    });
    await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(8));
    expect(new Set(told.map((holder) => JSON.stringify(holder)))).toEqual(new Set([JSON.stringify(HELD)]));
    await lock.release();
    await Promise.all(waiting);
    expect([most, times]).toEqual([1, 8]);
    lock = await locked(file);
    const wait = new AbortController();
    const given = waitForLock(file, wait.signal, () => wait.abort(new Error('long enough')));
    await expect(given).rejects.toThrow('long enough');
    await lock.release();
  });
});
