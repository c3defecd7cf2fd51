import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startSluice } from '../../support/sluice.ts';

const KEY = 'sk-ant-api03-Qw3rTy7uI9oP1aS2dF4gH6jK8lZ0xC5vB-nM_Qw3rTy7uI9oP1aS2dF4gH6jK8lZ0xC5vBnM-AA';
const answering = (text: string) =>
  [...begin, { say: text }, { result: { result: text, total_cost_usd: 0.25 } }] as const;

interface Listed {
  readonly runs: readonly { readonly runId: string; readonly class: string; readonly prompt: string }[];
}

/** What stands in the records that a user has. */
function recorded({ path }: Home): string {
  const folder = join(path, '.local/state/sluice/runs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('a history', () => {
  it('keeps runs where it is asked for, and shows, searches and goes on with them', async () => {
    const home = freshHome();
    const configuration = join(home.path, '.config/sluice');
    mkdirSync(configuration, { recursive: true });
    writeFileSync(join(configuration, 'config.json'), JSON.stringify({ history: true, labels: { team: 'shop' } }));
    const cwd = join(home.project, 'api');
    mkdirSync(cwd);
    const first = await sluiceHere([`is ${KEY} a key?`], { home, cwd, fake: answering(`It is ${KEY}.`) });
    const failed = await sluiceHere(['--json', 'and now?'], { home, fake: [...begin, { exit: 1 }], input: 'a log' });
    await sluiceHere(['--no-history', 'keep this to yourself'], { home, fake: [...begin, ...succeed] });
    expect([first.exitCode, failed.exitCode]).toEqual([0, 6]);

    const listed = await sluiceHere(['history', '--json'], { home });
    const { runs }: Listed = JSON.parse(listed.stdout);
    expect(runs).toMatchObject([
      { class: 'crashed', prompt: 'and now?', labels: { team: 'shop' }, face: 'cli' },
      { class: 'success', folder: realpathSync(cwd), costUsd: 0.25, prompt: expect.stringContaining('REDACTED') },
    ]);
    expect(runs[0]?.runId).toBe(failed.bundle().runId);
    expect(listed.stdout).not.toContain(KEY);
    const [, { runId } = { runId: '' }] = runs;
    const id = runId.slice(0, 8);
    const [search, none, shown, cost, other] = [
      await sluiceHere(['history', 'search', 'IT IS', '--label', 'team=shop'], { home }),
      await sluiceHere(['history', 'search', 'yourself'], { home }),
      await sluiceHere(['history', 'show', id, '-o', 'json'], { home }),
      await sluiceHere(['history', 'cost', '--by', 'label'], { home }),
      await sluiceHere(['history', 'prune', '--since', '7d'], { home }),
    ];
    expect(search.stdout.split('\n')).toEqual([expect.stringMatching(/^ID +WHEN/), expect.stringContaining(id), '']);
    expect(none.stdout).toBe('no such run is kept\n');
    expect(shown.bundle()).toMatchObject({ runId, result: { summary: expect.stringMatching(/^It is \[REDACTED/) } });
    expect(cost.stdout).toMatch(/^team=shop +█+ +\$0\.25 +2 runs\ntotal +\$0\.25 +2 runs\n$/);
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: 'sluice: usage: --since: sluice history prune does not take it\n',
    });

    const { stdout: choices } = await sluiceHere(['completion', 'fish', '--', 'history', 'show', ''], { home });
    expect(choices).toBe(runs.map((run) => `${run.runId}\t${run.prompt}\n`).join(''));

    const resumed = await sluiceHere(['history', 'resume', id, '--json', 'go on'], {
      home,
      fake: [...begin, { confess: true }],
    });
    const { argv, cwd: where } = JSON.parse(resumed.bundle().result.summary);
    expect(where).toBe(realpathSync(cwd));
    expect(argv).toContain(`--resume=${shown.bundle().sessionId}`);
    // It was kept, too.
    const pruned = await sluiceHere(['history', 'prune', '--keep-runs', '1'], { home });
    expect(pruned.stdout).toMatch(/^2 forgotten, /);
  });

  it('is asked for by whoever says what is kept', async () => {
    const [label, account] = [
      await sluiceHere(['--label', 'team=shop', 'hi'], { fake: [...begin, ...succeed] }),
      await sluiceHere(['--budget-name', 'nightly', 'hi'], { fake: [...begin, ...succeed] }),
    ];
    expect([label.exitCode, account.exitCode]).toEqual([2, 2]);
    expect(label.stderr).toBe('sluice: usage: --label: nothing keeps it; add --history\n');
    expect(account.stderr).toBe('sluice: usage: --budget-name: there is no budget; add --budget\n');
  });

  it('tells what came of a run that was killed', async () => {
    const home = freshHome();
    const fake = [...begin, { say: 'at work' }, { hang: true }] as const;
    const run = startSluice(['--history', '--ndjson', 'hi'], { home, fake, leaves: true });
    await run.prints('at work');
    await vi.waitFor(() => expect(recorded(home)).toContain('at work'), { timeout: 20_000, interval: 50 });
    run.kill('SIGKILL');
    await run.finished;
    const listed = await sluiceHere(['history', '--failed', '-o', 'json'], { home });
    const { runs }: Listed = JSON.parse(listed.stdout);
    expect(runs).toMatchObject([{ state: 'interrupted', class: 'interrupted', prompt: 'hi' }]);
    const shown = await sluiceHere(['history', 'show', runs[0]?.runId ?? '', '-o', 'text'], { home });
    expect(shown.stdout).toContain('at work');
  });
});
