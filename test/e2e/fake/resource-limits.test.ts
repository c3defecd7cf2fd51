import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';

const BY = ['--limits-by', 'prlimit'];

describe.runIf(process.platform === 'linux')('a resource limit', () => {
  it('that is reached ends the run as a crash, which names it', async () => {
    const home = freshHome();
    const claude = program(join(home.path, 'claude'), 'while :; do :; done');
    const run = await sluice(['--json', '--max-cpu-time', '1s', ...BY, 'hi'], { home, claude });
    expect(run.exitCode).toBe(6);
    expect(run.bundle().outcome).toMatchObject({ class: 'crashed', evidence: { signal: 'SIGXCPU' } });
    expect(run.stderr).toContain('SIGXCPU');
  });

  it('holds the process that is started, whose id stays the same', async () => {
    const home = freshHome();
    const seen = join(home.path, 'seen');
    const claude = program(
      join(home.path, 'claude'),
      `{ cat /proc/$$/limits; tr '\\0' ' ' < /proc/$$/cmdline; } > ${seen}`,
    );
    await sluice(['--max-memory', '2GiB', '--max-cpu-time', '1m', ...BY, 'hi'], { home, claude });
    const text = readFileSync(seen, 'utf8');
    expect(text).toMatch(/^Max data size +2147483648 +2147483648 /m);
    expect(text).toMatch(/^Max cpu time +60 +65 /m);
    // The limit that the run is known by is below everybody's.
    const own = /^Max msgqueue size +(\d+) /m;
    const [, everybodys] = own.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    expect(Number(own.exec(text)?.[1])).toBeLessThan(Number(everybodys));
    expect(text).toContain('/claude -p --output-format=stream-json');
  });

  it.each([
    [['--max-memory', '100MiB', ...BY], '--max-memory'],
    [['--max-cpu-time', '1m', '--limits-by', 'systemd-run'], '--max-cpu-time'],
  ])('of %j cannot be had, and nothing is started', async (args, flag) => {
    const run = await sluiceHere([...args, 'hi'], { fake: [{ prompt: true }] });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`sluice: usage: ${flag}: `);
  });
});

function program(path: string, script: string): string {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
