import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saysItIsClaude } from '../../../src/claude/probe-program.ts';
import { survivorsOf } from '../../support/processes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Asks a shell script. */
function ask(script: string, patienceMs?: number, cwd = temporaryFolder()): Promise<boolean> {
  const path = join(cwd, 'program');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return saysItIsClaude({ path, env: { PATH: '/usr/bin:/bin' }, cwd }, patienceMs);
}

describe('saysItIsClaude', () => {
  it('believes what is said to --version', async () => {
    expect(await ask('[ "$1" = --version ] && echo "2.1.197 (Claude Code)"')).toBe(true);
    expect(await ask('echo "GNU coreutils 9.1"')).toBe(false);
    expect(await ask('exit 1')).toBe(false);
  });

  it('is no for what is not there or cannot be run', async () => {
    const cwd = temporaryFolder({ program: 'junk' });
    for (const path of [join(cwd, 'nothing'), join(cwd, 'program')])
      expect(await saysItIsClaude({ path, env: {}, cwd })).toBe(false);
  });

  it('waits no longer than it is told to, and kills what holds it up', async () => {
    const cwd = temporaryFolder();
    expect(await ask('echo "2.1.197 (Claude Code)"; sleep 600', 1_000, cwd)).toBe(true);
    expect(await ask('sleep 600 & exit 0', 1_000, cwd)).toBe(false);
    expect(await survivorsOf(cwd)).toEqual([]);
  });
});
