import { once } from 'node:events';
import { chmodSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWorkplace } from '../../../../src/claude/workplace.ts';
import { type ClaudeProcess, startFailure, startProcess } from '../../../../src/claude/start/start-process.ts';
import { limitCommand } from '../../../../src/claude/start/resource-limits.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const MARK = { soft: 700_001, hard: 710_001 };

const prlimit = limitCommand({}, { path: process.env['PATH'], cwd: '/', env: {} }, MARK);

/** A folder with programs in it, each a script of sh. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(scripts);
  for (const name of Object.keys(scripts)) chmodSync(join(folder, name), 0o755);
  return folder;
}

interface Started {
  readonly child: ClaudeProcess;
  /** What it printed, once it has ended. */
  printed(): Promise<string>;
}

function start(folder: string, wrappers: readonly (readonly string[])[], name = 'claude'): Started {
  const file = join(folder, 'stdout');
  const stdout = openSync(file, 'a');
  onTestFinished(() => closeSync(stdout));
  const env = { PATH: process.env['PATH'] ?? '', A: 'b', 'a-b.c': 'd' };
  const child = startProcess({
    path: join(folder, name),
    args: ['--flag'],
    wrappers,
    env,
    workplace: openWorkplace(folder, undefined, {}),
    stdout,
  });
  return {
    child,
    async printed() {
      await once(child, 'exit');
      return readFileSync(file, 'utf8');
    },
  };
}

const TELL = `#!/bin/sh
echo $$ "$0" "$@"
grep msgqueue /proc/$$/limits
tr '\\0' '\\n' < /proc/$$/environ`;

describe.runIf(process.platform === 'linux')('claude', () => {
  it('has the limit of its run before its first instruction, and all else as it was given', async () => {
    const folder = programs({ claude: TELL });
    const { child, printed } = start(folder, [prlimit, []]);
    const [first, limit, ...variables] = (await printed()).trimEnd().split('\n');
    expect(first).toBe(`${child.pid} ${folder}/claude --flag`);
    expect(limit).toMatch(/^Max msgqueue size +700001 +710001 /);
    expect(variables).toEqual([`PATH=${process.env['PATH']}`, 'A=b', 'a-b.c=d']);
  });

  it.each([
    ['fails', '#!/bin/sh\necho "prlimit: no such limit here" >&2\nexit 1'],
    ['cannot be started', '#!/nowhere/sh'],
    ['dies', '#!/bin/sh\nkill -KILL $$'],
  ])('is started without it where what sets it %s', async (_, script) => {
    const folder = programs({ claude: TELL, prlimit: script });
    const { child, printed } = start(folder, [[join(folder, 'prlimit'), '--'], []]);
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    expect(await printed()).toMatch(/^\d+ \S+\/claude --flag\nMax msgqueue size +\d+/);
    expect(Buffer.concat(errors).toString()).toBe('');
  });

  it.each([
    ['is not there', {}, 'ENOENT'],
    ['has an interpreter that is not there', { claude: '#!/nowhere/sh' }, 'ENOENT'],
    ['has an interpreter that is no program', { claude: '#!/etc/passwd' }, 'EACCES'],
  ])('that %s is told as without it', async (_, scripts, code) => {
    const folder = programs(scripts);
    const told = async (wrappers: readonly (readonly string[])[]): Promise<string> => {
      const { child } = start(folder, wrappers);
      const [error]: unknown[] = await once(child, 'error');
      return startFailure(join(folder, 'claude'), error).message;
    };
    const message = await told([prlimit, []]);
    expect(message).toBe(await told([[]]));
    expect(message).toContain(`/claude ${code}; pass claudePath`);
  });

  it('may end before anybody has looked', async () => {
    const folder = programs({ claude: '#!/bin/sh\nexit 7' });
    const { child } = start(folder, [prlimit, []]);
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('may be called as what sets the limit', async () => {
    const folder = programs({ prlimit: TELL });
    const { printed } = start(folder, [prlimit, []], 'prlimit');
    expect(await printed()).toMatch(/^\d+ \S+\/prlimit --flag\nMax msgqueue size +700001 /);
  });
});
