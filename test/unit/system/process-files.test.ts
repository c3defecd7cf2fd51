import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { resourceUseOf } from '../../../src/system/process-files.ts';

describe.runIf(process.platform === 'linux')('what a process has taken of the machine', () => {
  it('is what the kernel says of it, and of the children that it has waited for', () => {
    const before = resourceUseOf(process.pid);
    spawnSync('sh', ['-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done']);
    const after = resourceUseOf(process.pid);
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    expect(after?.cpuMs).toBeGreaterThanOrEqual((userCPUTime + systemCPUTime) / 1000 - 50);
    expect(after?.cpuMs).toBeGreaterThan((before?.cpuMs ?? 0) + 20);
    expect(Math.abs((after?.peakBytes ?? 0) / 1024 / maxRSS - 1)).toBeLessThan(0.1);
  });

  it('is not told of one that is gone', () => {
    expect(resourceUseOf(spawnSync('true').pid)).toBeNull();
  });
});
