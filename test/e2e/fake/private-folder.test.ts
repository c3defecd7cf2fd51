import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RESULT_LINE } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../support/mount-namespace.ts';
import { quote, sluice, startSluice } from '../../support/sluice.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

/** A claude whose tool mounts a folder in the private one, and what it does then. */
function mountingClaude(home: Home, then: string): string {
  const precious = join(home.path, 'precious');
  mkdirSync(join(precious, 'folder'), { recursive: true, mode: 0o755 });
  writeFileSync(join(precious, 'folder', 'file'), 'x', { mode: 0o444 });
  const script = join(home.path, 'claude');
  const lines = [
    '#!/bin/sh',
    'cd "$CLAUDE_CODE_TMPDIR"',
    'mkdir -p a/m',
    'touch a/file',
    `mount --bind '${precious}' a/m || exit`,
    'read -r prompt',
    then,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o755 });
  return script;
}

/** All that is in the mounted folder, as it was made. */
function expectPrecious(home: Home): void {
  const precious = join(home.path, 'precious');
  expect(readdirSync(precious, { recursive: true }).map(String).sort()).toEqual(['folder', 'folder/file']);
  expect(statSync(join(precious, 'folder')).mode & 0o777).toBe(0o755);
}

/** What is in the private folders. */
function leftIn({ temporary }: Home): readonly string[] {
  const folders = readdirSync(temporary).filter((name) => name.startsWith('sluice'));
  return folders.flatMap((name) => readdirSync(join(temporary, name), { recursive: true }).map(String)).sort();
}

const inNamespace = (command: string): string => `exec ${IN_MOUNT_NAMESPACE.join(' ')} ${command}`;

// Without root and without namespaces for users nothing can be mounted, and nobody can lose what is.
describe.runIf(canMount())("what a tool mounted in claude's private folder", () => {
  it('is left at the end of the run, which says so, and by the runs that come after it', async () => {
    const home = freshHome();
    const claude = mountingClaude(home, `echo '${RESULT_LINE}'`);
    const run = await sluice(['--json', 'hi'], { home, claude, shell: inNamespace, leaves: true });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([
      expect.stringMatching(/sluice-\S+ was left: a file system is mounted in it \(a\/m\); unmount that/),
    ]);
    expect(leftIn(home)).toEqual(['a', 'a/m']);
    expectPrecious(home);

    // Two in one namespace: the second finds what the first has left, with all that is mounted there.
    const twice = (command: string): string => inNamespace(`sh -c ${quote(`${command} && ${command}`)}`);
    await sluice(['hi'], { home, claude, shell: twice, leaves: true });
    expectPrecious(home);
  });

  it('is left when sluice is killed, and the next run removes what is no mount any more', async () => {
    const home = freshHome();
    const claude = mountingClaude(home, 'touch ready\nsleep 300');
    const run = startSluice(['hi'], { home, claude, shell: inNamespace, leaves: true });
    await vi.waitFor(() => expect(leftIn(home)).toContain('ready'), PATIENCE);
    run.kill('SIGKILL');
    await vi.waitFor(() => expect(leftIn(home)).toEqual(['a', 'a/m']), PATIENCE);
    expectPrecious(home);

    const [folder = ''] = readdirSync(home.temporary).filter((name) => name.startsWith('sluice'));
    const next = join(home.path, 'next');
    const gone = `while [ -e '${join(home.temporary, folder)}' ]; do sleep 0.05; done`;
    writeFileSync(next, `#!/bin/sh\nread -r prompt\n${gone}\necho '${RESULT_LINE}'\n`, { mode: 0o755 });
    const after = await sluice(['--json', '--timeout', '20s', 'hi'], { home, claude: next });
    expect(after.bundle().outcome).toMatchObject({ class: 'success', warnings: [] });
    expect(existsSync(join(home.temporary, folder))).toBe(false);
    expectPrecious(home);
  });
});

describe("a folder for temporary files whose path ends a shell's line", () => {
  it.each(['new\nline', '1 \\040%s\n'])('is as it was after a run, and after one that was killed: %j', async (name) => {
    const home = freshHome();
    const temporary = join(home.temporary, name);
    mkdirSync(temporary);
    const claude = join(home.path, 'claude');
    const script = `cd "$CLAUDE_CODE_TMPDIR"; read -r prompt; [ "$prompt" ] && touch ready; sleep "$REST"; echo '${RESULT_LINE}'`;
    writeFileSync(claude, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    // Newer versions of node keep theirs among the temporary files.
    const env = { TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1' };
    const run = await sluice(['--json', 'hi'], { home, claude, env: { ...env, REST: '0' } });
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings: [] });
    expect(readdirSync(temporary)).toEqual([]);

    const killed = startSluice(['hi'], { home, claude, env: { ...env, REST: '300' } });
    await vi.waitFor(() => {
      expect(readdirSync(temporary, { recursive: true }).map(String).join()).toContain('ready');
    }, PATIENCE);
    killed.kill('SIGKILL');
    await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), PATIENCE);
  });
});
