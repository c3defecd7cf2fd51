import type * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchDisk } from '../../../../src/claude/output/disk-watch.ts';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const { statfs } = vi.hoisted(() => ({ statfs: vi.fn<(folder: string) => unknown>() }));

vi.mock('node:fs', async (original) => {
  const { callbackify } = await import('node:util');
  const later = callbackify(async (folder: string) => statfs(folder));
  return { ...(await original<typeof fs>()), statfs: later, statfsSync: statfs };
});

/** A disk of a size, in bytes, and what is free at one look after the other; the last stays. */
function diskWith(size: number, ...free: readonly number[]): void {
  const left = [...free];
  statfs.mockReset().mockImplementation(() => {
    const now = (left.length > 1 ? left.shift() : left[0]) ?? 0;
    return { bsize: 4096, blocks: size / 4096, bfree: now / 4096, bavail: now / 4096 };
  });
}

/** What the watch has reported so far, in MiB. */
function watched(): { readonly reports: readonly number[]; close(): void } {
  const reports: number[] = [];
  const watch = watchDisk('/folder', (free) => reports.push(free / MEBIBYTE), { intervalMs: 1 });
  onTestFinished(() => watch.close());
  return { reports, close: watch.close };
}

async function looks(count: number): Promise<void> {
  await expect.poll(() => statfs.mock.calls.length).toBeGreaterThanOrEqual(count);
}

describe('the watch over a disk', () => {
  it('tells once that there is little room left', async () => {
    diskWith(100 * GIBIBYTE, 10 * GIBIBYTE, GIBIBYTE, 63 * MEBIBYTE, GIBIBYTE, 10 * MEBIBYTE);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([63]);
    await sleep(20);
    expect(reports).toEqual([63]);
    expect(statfs).toHaveBeenCalledTimes(3);
    expect(statfs).toHaveBeenCalledWith('/folder');
  });

  it.each([
    { disk: 'a large disk', size: 100 * GIBIBYTE, enough: 65, little: 64 },
    { disk: 'a disk of 2 GiB', size: 2 * GIBIBYTE, enough: 21, little: 20 },
    { disk: 'a disk of 100 MiB', size: 100 * MEBIBYTE, enough: 9, little: 8 },
  ])('takes $little MiB for little on $disk, and $enough MiB for enough', async ({ size, enough, little }) => {
    diskWith(size, size, enough * MEBIBYTE);
    const first = watched();
    await looks(5);
    expect(first.reports).toEqual([]);
    first.close();
    diskWith(size, size, little * MEBIBYTE);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([little]);
  });

  it('lets half of what was free be used on a small disk', async () => {
    diskWith(4 * MEBIBYTE, 3 * MEBIBYTE, 2 * MEBIBYTE, 1.5 * MEBIBYTE);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([1.5]);
  });

  it('lets half of what was free be used on a disk that is nearly full', async () => {
    diskWith(100 * GIBIBYTE, 40 * MEBIBYTE, 21 * MEBIBYTE, 20 * MEBIBYTE);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([20]);
  });

  it('tells at once that nothing is left', async () => {
    diskWith(100 * GIBIBYTE, 0);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([0]);
  });

  it('goes on where the system does not always tell', async () => {
    diskWith(100 * GIBIBYTE, GIBIBYTE, MEBIBYTE);
    for (let times = 0; times < 2; times += 1) {
      statfs.mockImplementationOnce(() => {
        throw new Error('EINTR');
      });
    }
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([1]);
  });

  it('never looks again before it has been answered, for however many', async () => {
    diskWith(GIBIBYTE, GIBIBYTE);
    statfs.mockReturnValueOnce(statfs('/folder')).mockReturnValue(new Promise(() => {}));
    statfs.mockClear();
    watched();
    watched();
    await looks(2);
    await sleep(20);
    expect(statfs).toHaveBeenCalledTimes(2);
  });

  it('tells each who watches by what was free at the first look that it was told of', async () => {
    diskWith(4 * MEBIBYTE, 3 * MEBIBYTE);
    const first = watched();
    await looks(2);
    diskWith(4 * MEBIBYTE, 2 * MEBIBYTE);
    await looks(2);
    const second = watched();
    diskWith(4 * MEBIBYTE, 1.5 * MEBIBYTE);
    await expect.poll(() => first.reports).toEqual([1.5]);
    expect(second.reports).toEqual([]);
    diskWith(4 * MEBIBYTE, MEBIBYTE);
    await expect.poll(() => second.reports).toEqual([1]);
    expect(first.reports).toEqual([1.5]);
  });

  it('tells who comes later what was seen last, at once', async () => {
    diskWith(4 * MEBIBYTE, 3 * MEBIBYTE);
    const first = watched();
    await looks(2);
    const second = watched();
    diskWith(4 * MEBIBYTE, 1.5 * MEBIBYTE);
    await expect.poll(() => [first.reports, second.reports]).toEqual([[1.5], [1.5]]);
  });

  it('tells all, also where one of them throws', async () => {
    diskWith(100 * GIBIBYTE, 0);
    const { close } = watchDisk('/folder', () => {
      throw new Error('a fault of ours');
    });
    onTestFinished(close);
    const { reports } = watched();
    await expect.poll(() => reports).toEqual([0]);
  });

  it('ends when it is closed, even in the middle of a look', async () => {
    diskWith(100 * GIBIBYTE, 0);
    const { reports, close } = watched();
    close();
    await sleep(20);
    expect(reports).toEqual([]);
    expect(statfs).toHaveBeenCalledTimes(1);
  });
});
