import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startSluice } from '../../support/sluice.ts';

const working = [...begin, { say: 'at work' }, { hang: true }] as const;
const good = [...begin, ...succeed];

describe('a lock', () => {
  it('is had by one run of many, and by the next at once when that is killed', async () => {
    const home = freshHome();
    const first = startSluice(['--lock', 'nightly', '--ndjson', 'hi'], { home, fake: working, leaves: true });
    await first.prints('at work');
    for (let others = 0; others < 3; others++) {
      const run = await sluiceHere(['--lock', 'nightly', '--json', 'hi'], { home, fake: good });
      expect(run.exitCode).toBe(75);
      expect(run.bundle().outcome).toMatchObject({
        class: 'locked',
        retryable: true,
        message: expect.stringMatching(/^--lock: another run has this lock \(process \d+\)$/),
      });
    }
    const waiting = startSluice(['--lock', 'nightly', '--lock-wait', '1m', 'hi'], { home, fake: good });
    await waiting.says((stderr) => stderr.includes('; waiting for '));
    first.kill('SIGKILL');
    expect(await waiting.finished).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    // Another name is another lock, and a wait has an end.
    const [other, late] = [
      await sluiceHere(['--lock', 'weekly', 'hi'], { home, fake: good }),
      await sluiceHere(['--lock', 'a/b', 'hi'], { home, fake: good }),
    ];
    expect([other.exitCode, late.exitCode]).toEqual([0, 2]);
  });
});

describe('a budget', () => {
  it('counts what a run may have cost that was killed', async () => {
    const home = freshHome();
    const flags = ['--budget=1usd/month', '--max-budget-usd=0.75'];
    const first = startSluice([...flags, '--ndjson', 'hi'], { home, fake: working, leaves: true });
    await first.prints('at work');
    const second = await sluiceHere([...flags, 'hi'], { home, fake: good });
    expect(second.stderr).toMatch(/^sluice: max_budget: --budget: 1usd\/month: \$0 used, \$0\.75 set aside for runs/);
    first.kill('SIGKILL');
    await first.finished;
    const third = await sluiceHere([...flags, 'hi'], { home, fake: good });
    expect(third.exitCode).toBe(5);
    expect(third.stderr).toMatch(
      /^sluice: max_budget: --budget: 1usd\/month: \$0\.75 used, and this run may cost \$0\.75;/,
    );
    expect((await sluiceHere(['--budget=1usd/month', 'hi'], { home, fake: good })).exitCode).toBe(0);
  });
});

describe('a run that cron starts', () => {
  it('says nothing of a success, and is told of elsewhere', async () => {
    const args = ['--quiet-on-success', '--metrics-file', 'nightly.prom', 'hi'];
    const run = await sluiceHere(args, { fake: good });
    expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(run.file('nightly.prom')).toContain('sluice_last_run_outcome{job="nightly",class="success"} 1');
  });

  it('says in a summary what went wrong, and nothing of the address that it tells', async () => {
    const home = freshHome();
    const url = 'http://127.0.0.1:9/c0ffee-c0ffee';
    const fake = [...begin, { say: `told ${url}` }, { exit: 3 }] as const;
    const run = await sluiceHere(['--quiet-on-success', '--record', 'r.ndjson', 'hi'], {
      home,
      fake,
      env: { SLUICE_PING: url },
    });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toMatch(/^Result: +crashed \(exit code 6\)\n/);
    expect(run.stderr).toMatch(/^(?:sluice: warning: --ping: it could not be reached.*\n){1,2}$/);
    for (const text of [run.stdout, run.stderr, readFileSync(join(home.project, 'r.ndjson'), 'utf8')])
      expect(text).not.toContain('c0ffee');
  });
});
