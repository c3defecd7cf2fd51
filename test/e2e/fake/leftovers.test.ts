import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { begin, FAKE_CLAUDE, type Step, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { HAS_PROC } from '../../support/minded-signals.ts';
import { canMount, IN_MOUNT_NAMESPACE } from '../../support/mount-namespace.ts';
import { processesOf, survivorsOf } from '../../support/processes.ts';
import { quote, sluice, startSluice } from '../../support/sluice.ts';

/** Claude succeeds, and a tool of it has left a daemon behind. */
const withDaemon: readonly Step[] = [...begin, { spawn: 'exec sleep 987' }, { sleep: 200 }, ...succeed];

describe.runIf(HAS_PROC)('what a tool left running', () => {
  it('is ended and named, and the run a success', async () => {
    const run = await sluice(['--json', 'hi'], { fake: withDaemon });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([
      '1 process left running by tools and ended (sleep); keep such with --keep-background',
    ]);
    expect([...processesOf(run.home.path).values()]).toEqual([]);
  });

  it('goes on where it is to', async () => {
    const run = await sluice(['--json', '--keep-background', 'hi'], { fake: withDaemon, leaves: true });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([
      '1 process left running by tools, as --keep-background asks (sleep)',
    ]);
    expect([...processesOf(run.home.path).values()]).toEqual(['sleep 987']);
    expect(run.temporaryFiles()).toEqual([]);
  });

  it('is ended all the same when the run was cut short', async () => {
    const run = await sluice(['--json', '--keep-background', '--timeout', '1s', 'hi'], {
      fake: [...begin, { spawn: 'exec sleep 987' }, { hang: true }],
    });
    expect(run.exitCode).toBe(124);
    expect([...processesOf(run.home.path).values()]).toEqual([]);
  });
});

const withoutProc = (command: string): string =>
  `exec ${IN_MOUNT_NAMESPACE.join(' ')} sh -c ${quote(`umount -l /proc; exec ${command}`)}`;

// Without root and without namespaces for users nobody can take /proc away.
describe.runIf(canMount())('where /proc does not show the processes of the run', () => {
  it.each<[string, RegExp, (command: string) => string]>([
    ['nothing', /\/proc cannot be read \(ENOENT\)$/, withoutProc],
    [
      'those of another namespace',
      /namespace$/,
      (command) => `exec ${IN_MOUNT_NAMESPACE.join(' ')} --pid --fork ${command}`,
    ],
  ])('but %s, a warning says that nothing could be swept', async (_, cause, shell) => {
    const run = await sluice(['--json', 'hi'], { fake: withDaemon, shell, leaves: true });
    expect(run.exitCode).toBe(0);
    const { warnings } = run.bundle().outcome;
    expect(warnings).toEqual([expect.stringMatching(/^nothing that tools left running could be found and ended: /)]);
    expect(warnings[0]).toMatch(cause);
    expect(run.temporaryFiles()).toEqual([]);
  });

  it('claude itself is ended all the same when sluice is killed', async () => {
    const fake = [...begin, { say: 'here' }, { hang: true }] as const;
    const run = startSluice(['--ndjson', 'hi'], { fake, shell: withoutProc });
    await run.prints('here');
    run.kill('SIGKILL');
    await run.finished;
    expect(await survivorsOf(run.home.path, 20_000)).toEqual([]);
  });
});

/** A claude in whose own process group a command is left when it goes. */
function leavingInItsGroup(home: Home, command: string): string {
  const path = join(home.path, 'claude');
  const script = ['#!/bin/sh', `mkfifo "$HOME/never"; exec 3<>"$HOME/never"`, `${command} <&3 3<&- &`];
  writeFileSync(path, [...script, `exec 3<&- '${process.execPath}' '${FAKE_CLAUDE}' "$@"`, ''].join('\n'), {
    mode: 0o755,
  });
  return path;
}

describe.runIf(HAS_PROC)("what is left in claude's own process group", () => {
  it.each([
    ['grep -v grep', []],
    ['tail -n 1', ['1 process left running by an MCP server and ended (tail); keep such with --keep-background']],
  ])('is not put down to tools: %s', async (command, warnings) => {
    const home = freshHome();
    const run = await sluice(['--json', 'hi'], {
      home,
      claude: leavingInItsGroup(home, command),
      fake: [...begin, ...succeed],
    });
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings });
    expect([...processesOf(home.path).values()]).toEqual([]);
  });
});
