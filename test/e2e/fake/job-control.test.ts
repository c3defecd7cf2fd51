import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AS_JOB } from '../../support/as-job.ts';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { HAS_PROC, nodeThatRuns, sluiceThatMinds } from '../../support/minded-signals.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { quote, type Running, startSluice } from '../../support/sluice.ts';

/** The letter of a process's state: T is stopped. */
function stateOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await sleep(50);
  expect(condition()).toBe(true);
}

/** Starts sluice as a shell with jobs does. */
function startJob(args: readonly string[], fake: readonly Step[], home = freshHome()): Running {
  return startSluice(args, { home, fake, shell: (command) => `exec ${AS_JOB.map(quote).join(' ')} ${command}` });
}

const talking: readonly Step[] = [...begin, { say: 'So far' }, { sleep: 3_000 }, ...succeed];

describe.runIf(HAS_PROC)('Ctrl-Z', () => {
  it('stops sluice and claude, and fg lets both go on to the end', async () => {
    const run = startJob(['--ndjson', 'hi'], talking);
    await run.prints('So far');
    const sluice = await sluiceThatMinds('SIGTSTP', run.home);
    const claude = nodeThatRuns('/fake-claude.cjs', run.home) ?? 0;
    process.kill(sluice, 'SIGTSTP');
    await until(() => stateOf(sluice) === 'T' && stateOf(claude) === 'T');
    await sleep(1_000);
    expect([stateOf(sluice), stateOf(claude)]).toEqual(['T', 'T']);
    process.kill(sluice, 'SIGCONT');
    await until(() => stateOf(sluice) !== 'T' && stateOf(claude) !== 'T');
    expect(await run.finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"type":"result"') });
  });

  it('can be pressed again, and Ctrl-C still ends the run', async () => {
    const run = startJob(
      ['--ndjson', 'hi'],
      [
        ...begin,
        { say: 'So far' },
        { interrupt: true },
        { result: { subtype: 'error_during_execution', is_error: true } },
      ],
    );
    await run.prints('So far');
    const sluice = await sluiceThatMinds('SIGTSTP', run.home);
    for (let times = 0; times < 2; times++) {
      process.kill(sluice, 'SIGTSTP');
      await until(() => stateOf(sluice) === 'T');
      process.kill(sluice, 'SIGCONT');
      await until(() => stateOf(sluice) !== 'T');
    }
    process.kill(sluice, 'SIGINT');
    expect((await run.finished).exitCode).toBe(130);
  });

  it('stops sluice while it waits for its prompt, too', async () => {
    const home = freshHome();
    const run = startJob(['--prompt-file', namedPipe(home.project)], succeed, home);
    const sluice = await sluiceThatMinds('SIGTSTP', home);
    process.kill(sluice, 'SIGTSTP');
    await until(() => stateOf(sluice) === 'T');
    process.kill(sluice, 'SIGCONT');
    process.kill(sluice, 'SIGTERM');
    expect((await run.finished).exitCode).toBe(143);
  });

  it('means nothing where no shell could let it go on', async () => {
    const home = freshHome();
    const run = startSluice(['--ndjson', 'hi'], {
      home,
      fake: [...begin, { say: 'So far' }, { sleep: 1_500 }, ...succeed],
      shell: (command) => `exec setsid -w ${command}`,
    });
    await run.prints('So far');
    process.kill(await sluiceThatMinds('SIGTSTP', home), 'SIGTSTP');
    expect((await run.finished).exitCode).toBe(0);
  });
});
