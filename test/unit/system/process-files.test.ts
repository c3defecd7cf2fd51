import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lastId, resourceUseOf } from '../../../src/system/process-files.ts';
import { builtProgram } from '../../support/built-program.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../support/mount-namespace.ts';
import { temporaryFolder } from '../temporary-folder.ts';

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

describe.runIf(process.platform === 'linux')('the id that was given last', () => {
  it('is no lower than that of what was started last', () => {
    const { pid } = spawnSync('true');
    expect(lastId()).toBeGreaterThanOrEqual(pid);
  });

  it.runIf(canMount())('is not told where something else has the place of its file', () => {
    const program = builtProgram(new URL('./last-id.ts', import.meta.url));
    const stale = join(temporaryFolder({ loadavg: '0.00 0.00 0.00 1/100 4000001\n' }), 'loadavg');
    const [unshare, ...args] = [...IN_MOUNT_NAMESPACE, 'sh', '-c', 'mount --bind "$0" /proc/loadavg && exec "$@"'];
    const { stdout, stderr } = spawnSync(unshare, [...args, stale, process.execPath, program], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['null', '']);
  });
});
