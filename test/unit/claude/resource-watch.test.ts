import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchResources } from '../../../src/claude/resource-watch.ts';
import { resourceUseOf } from '../../../src/system/process-files.ts';

describe('what is seen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is the last that was there to be seen, looked at often only near the end', () => {
    let looks = 0;
    const watch = watchResources(() => (looks < 20 ? { cpuMs: ++looks, peakBytes: looks } : null));
    expect(watch.seen()).toBeNull();
    vi.advanceTimersByTime(3_000);
    expect(watch.seen()).toEqual({ cpuMs: 3, peakBytes: 3 });
    watch.hasten();
    vi.advanceTimersByTime(1_000);
    expect(watch.seen()).toEqual({ cpuMs: 20, peakBytes: 20 });
    watch.end();
    watch.hasten();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is the memory of before where that has been given back', () => {
    const looks = [{ cpuMs: 1, peakBytes: 7 }, { cpuMs: 2, peakBytes: null }, null];
    const watch = watchResources(() => looks.shift() ?? null);
    for (let look = 0; look < 3; look++) watch.look();
    expect(watch.seen()).toEqual({ cpuMs: 2, peakBytes: 7 });
    watch.end();
  });
});

it.runIf(process.platform === 'linux')('all the time that a process took is known when its stderr ends', async () => {
  const script = 'while (process.cpuUsage().user < 200_000);';
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] });
  const watch = watchResources(() => resourceUseOf(child.pid ?? 0));
  child.stderr.resume().once('end', watch.look);
  await once(child, 'exit');
  watch.end();
  expect(watch.seen()?.cpuMs).toBeGreaterThanOrEqual(190);
});
