import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../../src/main.ts';
import { commandsIn, valuesIn } from '../../../support/actions-runner.ts';
import { assistant, init, result } from '../../outcome/evidence.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeIo, piped } from '../fake-io.ts';

const FINDING = { level: 'warning', message: 'It never ends.', file: 'src/loop.ts', line: 2 };

/** A replay of a run that found something, or answered otherwise, in a folder; and what came of it. */
async function replayed(argv: readonly string[], cwd: string, structured: unknown = { findings: [FINDING] }, env = {}) {
  const lines = [init({ cwd }), assistant('Found.'), result({ result: 'Found.', structured_output: structured })];
  const stdin = piped(...lines.map((line) => `${JSON.stringify(line)}\n`));
  const io = {
    ...fakeIo({ cwd, stdin, env: { XDG_CONFIG_HOME: join(cwd, 'xdg'), ...env } }),
    argv: ['replay', ...argv],
  };
  const code = await main(io);
  return { code, ...io.printed() };
}

describe('-o github', () => {
  it('has the files of the step added to, behind what is in them', async () => {
    const cwd = temporaryFolder({ outputs: 'a=1', summary: '# Mine\n' });
    const env = { GITHUB_OUTPUT: join(cwd, 'outputs'), GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
    const run = await replayed(['-o', 'github', '--bundle', 'b.json'], cwd, undefined, env);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(commandsIn(run.out)).toEqual([
      { name: 'warning', properties: { file: 'src/loop.ts', line: '2' }, data: 'It never ends.' },
    ]);
    const values = Object.fromEntries(valuesIn(readFileSync(join(cwd, 'outputs'), 'utf8')));
    expect(values).toMatchObject({ a: '1', result: 'Found.', findings: '1', bundle: join(cwd, 'b.json') });
    expect(readFileSync(join(cwd, 'summary'), 'utf8')).toMatch(/^# Mine\n### sluice: ✅ success\n/);
  });

  it('leaves a summary alone in which there is no room', async () => {
    const cwd = temporaryFolder({ outputs: '', summary: 'x'.repeat(1024 * 1024 - 3) });
    const env = { GITHUB_OUTPUT: join(cwd, 'outputs'), GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
    expect(await replayed(['-o', 'github'], cwd, undefined, env)).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'summary')).length).toBeLessThanOrEqual(1024 * 1024);
  });

  it('tells where there is nowhere to write to, and prints the log', async () => {
    const run = await replayed(['-o', 'github'], temporaryFolder());
    expect(run).toMatchObject({
      code: 0,
      out: expect.stringContaining('│ Found.\n'),
      err: expect.stringMatching(
        /^sluice: warning: -o github: GITHUB_STEP_SUMMARY and GITHUB_OUTPUT not set, [^\n]*\n$/,
      ),
    });
  });

  it('is an output_error before anything is done where a file cannot be written to', async () => {
    const cwd = temporaryFolder();
    const env = { GITHUB_OUTPUT: join(cwd, 'gone/outputs'), GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
    const run = await replayed(['-o', 'github'], cwd, undefined, env);
    expect(run).toMatchObject({ code: 74, out: '' });
    expect(run.err).toMatch(/^sluice: output_error: GITHUB_OUTPUT: .*gone\/outputs cannot be written: .*ENOENT/);
  });

  it('is not what SLUICE_OUTPUT is overruled by', async () => {
    const cwd = temporaryFolder();
    const run = await replayed([], cwd, undefined, { SLUICE_OUTPUT: 'github', GITHUB_ACTIONS: 'true' });
    expect(commandsIn(run.out)).toHaveLength(1);
    const plain = await replayed([], cwd, undefined, { GITHUB_ACTIONS: 'true' });
    expect(plain).toMatchObject({ out: 'Found.\n', err: '' });
  });

  it('tells of an answer that looks like findings and is none', async () => {
    const run = await replayed(['-o', 'github'], temporaryFolder(), { findings: [{ ...FINDING, level: 'fatal' }] });
    expect(commandsIn(run.out)).toEqual([
      {
        name: 'warning',
        properties: { title: 'sluice' },
        data: 'the answer is no list of findings: findings[0].level: expected one of error, warning, notice',
      },
    ]);
  });
});

describe('-o gitlab', () => {
  it('puts its reports into the folder of the job', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'app'));
    const run = await replayed(['-o', 'gitlab'], join(cwd, 'app'), undefined, { CI_PROJECT_DIR: cwd });
    expect(run).toMatchObject({ code: 0, err: '' });
    const issues: unknown = JSON.parse(readFileSync(join(cwd, 'gl-code-quality-report.json'), 'utf8'));
    expect(issues).toMatchObject([{ location: { path: 'app/src/loop.ts', lines: { begin: 2 } } }]);
    expect(readFileSync(join(cwd, 'sluice.env'), 'utf8')).toMatch(/^RUN_OUTCOME=success\nRUN_EXIT_CODE=0\n/);
  });

  it('follows no link that an agent may have put there', async () => {
    const cwd = temporaryFolder({ precious: 'mine' });
    symlinkSync(join(cwd, 'precious'), join(cwd, 'sluice.env'));
    expect(await replayed(['-o', 'gitlab'], cwd)).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'precious'), 'utf8')).toBe('mine');
    expect(lstatSync(join(cwd, 'sluice.env')).isFile()).toBe(true);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says nothing of the quality of code where nothing was found out about it', async () => {
    const cwd = temporaryFolder();
    await replayed(['-o', 'gitlab'], cwd, { verdict: 'approve' });
    expect(existsSync(join(cwd, 'gl-code-quality-report.json'))).toBe(false);
  });
});

describe('--sarif and --junit', () => {
  it('are written beside any output', async () => {
    const cwd = temporaryFolder();
    const run = await replayed(['--sarif', 's.json', '--junit', 'j.xml', '--fail-on-findings', 'error'], cwd);
    expect(run).toMatchObject({ code: 0, out: 'Found.\n', err: '' });
    expect(JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8')).runs[0].results).toHaveLength(1);
    expect(readFileSync(join(cwd, 'j.xml'), 'utf8')).toContain('tests="2" failures="1" errors="0"');
    expect(await replayed(['--fail-on-findings', 'warning'], cwd)).toMatchObject({
      code: 7,
      err: expect.stringMatching(/^sluice: findings: 1 warning found; --fail-on-findings lets none of it pass$/m),
    });
  });

  it('do not call an answer fine that is no list of findings', async () => {
    const cwd = temporaryFolder();
    const run = await replayed(['--sarif', 's.json', '--junit', 'j.xml'], cwd, { verdict: 'approve' });
    expect(run.code).toBe(0);
    expect(
      run.err.match(/^sluice: warning: --(?:sarif|junit): the answer is no list of findings: findings: .*$/gm),
    ).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8')).runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
    });
    expect(readFileSync(join(cwd, 'j.xml'), 'utf8')).toContain('errors="1"');
  });

  it('want files of their own', async () => {
    const run = await replayed(['--sarif', 'x', '--junit', 'x'], temporaryFolder());
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('--sarif and --junit both lead to x') });
  });

  it.each(['--sarif=x', '--junit=x', '--fail-on-findings=error'])(
    'are refused where a run asks for no findings: %s',
    async (flag) => {
      const io = { ...fakeIo({ cwd: temporaryFolder(), env: { XDG_CONFIG_HOME: '/nowhere' } }), argv: [flag, 'hi'] };
      expect(await main(io)).toBe(2);
      expect(io.printed().err).toMatch(/^sluice: usage: --[\w-]+: nothing asks for findings; add --findings/);
    },
  );
});
