import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceThatMinds } from '../../support/minded-signals.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { type Finished, type Invocation, sluice, startSluice } from '../../support/sluice.ts';

/** A run that waits for ever unless it is stopped. */
const waiting = (invocation: Invocation = {}): Invocation => ({ fake: [...begin, ...succeed], ...invocation });

/** How long a wait that was ended may go on, whatever the machine is doing. */
const SOON_MS = 15_000;

/** Runs sluice, and presses Ctrl-C once it waits. */
async function interrupted(args: readonly string[], invocation: Invocation): Promise<Finished> {
  const run = startSluice(args, waiting(invocation));
  await sluiceThatMinds('SIGHUP', run.home);
  // What it waits for comes right after that.
  await sleep(300);
  const start = performance.now();
  run.kill('SIGINT');
  const finished = await run.finished;
  expect(performance.now() - start).toBeLessThan(SOON_MS);
  return finished;
}

describe('--stdin-timeout', () => {
  it('goes on with what a tail -f gave by then, and lets it go', async () => {
    const home = freshHome();
    const log = join(home.project, 'app.log');
    writeFileSync(log, 'it broke\n');
    const run = await sluice(['--stdin-timeout', '2s', 'what is going on?'], {
      home,
      fake: [{ prompt: true }, { init: {} }, { confess: true }],
      shell: (command) => `tail -f '${log}' | ${command}`,
    });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe('sluice: stdin is still open after 2s (--stdin-timeout); going on with 9 bytes\n');
    expect(run.stdout).toContain('it broke');
  });

  it('has nothing to ask when nothing came', async () => {
    const run = await sluice(['--stdin-timeout', '300ms'], waiting({ staysOpen: true, input: '' }));
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toBe(
      'sluice: usage: nothing to ask: there is no prompt, and stdin is still silent after 300ms (--stdin-timeout)\n',
    );
  });

  it('can be set by a variable, and is refused when it is none', async () => {
    const env = { SLUICE_STDIN_TIMEOUT: 'soon' };
    const run = await sluiceHere(['hi'], { fake: [...begin, ...succeed], env });
    expect(run.stderr).toMatch(/^sluice: usage: SLUICE_STDIN_TIMEOUT: "soon" is not a duration/);
  });
});

describe.skipIf(process.platform === 'win32')('a wait for a pipe that nobody writes to', () => {
  const PIPES = ['--file', '--prompt-file', '--secret-file'];

  it.each(PIPES)('of %s ends with --timeout, and gives a bundle', async (flag) => {
    const home = freshHome();
    const start = performance.now();
    const run = await sluice(
      ['--timeout', '1s', '--json', '-p', 'hi', flag, namedPipe(home.project)],
      waiting({ home }),
    );
    expect(run.bundle()).toMatchObject({ outcome: { class: 'timeout', exitCode: 124 } });
    expect(run.exitCode).toBe(124);
    expect(performance.now() - start).toBeLessThan(SOON_MS);
  });

  it.each(PIPES)('of %s ends with Ctrl-C', async (flag) => {
    const home = freshHome();
    const run = await interrupted(['-p', 'hi', flag, namedPipe(home.project)], { home });
    expect(run).toMatchObject({ exitCode: 130, stderr: 'sluice: interrupted: stopped by SIGINT\n' });
  });

  it('ends with Ctrl-C when it began to speak, too', async () => {
    const home = freshHome();
    const pipe = namedPipe(home.project);
    const writer = spawn('sh', ['-c', 'exec > "$0"; echo line; exec sleep 60', pipe]);
    onTestFinished(() => void writer.kill('SIGKILL'));
    const run = await interrupted(['-p', 'hi', '--file', pipe], { home });
    expect(run.exitCode).toBe(130);
  });

  it.each(['redact', 'replay'])('of sluice %s ends with Ctrl-C', async (command) => {
    const home = freshHome();
    expect((await interrupted([command, namedPipe(home.project)], { home })).exitCode).toBe(130);
  });
});

describe.skipIf(process.platform === 'win32')('a pipe that nobody reads', () => {
  it.each(['--record', '--bundle'])('is refused by %s, and not waited for', async (flag) => {
    const home = freshHome();
    const run = await sluiceHere([flag, namedPipe(home.project), 'hi'], { home, fake: [...begin, ...succeed] });
    expect(run.exitCode).toBe(74);
    expect(run.stderr).toMatch(/nobody reads this pipe; start its reader first/);
  });
});

describe('a wait for stdin', () => {
  it('ends with --timeout', async () => {
    const run = await sluice(['--timeout', '1s'], waiting({ staysOpen: true, input: 'so far' }));
    expect(run).toMatchObject({ exitCode: 124, stderr: 'sluice: timeout: the time limit was reached (--timeout)\n' });
  });

  it('ends with Ctrl-C', async () => {
    expect((await interrupted([], { staysOpen: true, input: 'so far' })).exitCode).toBe(130);
  });
});
