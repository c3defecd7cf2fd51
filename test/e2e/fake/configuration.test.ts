import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { whatClaudeSees } from '../../support/confession.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const PLACES = {
  'project file': ({ project }: Home) => join(project, '.sluicerc.json'),
  'user file': ({ path }: Home) => join(path, '.config', 'sluice', 'config.json'),
  '--config': ({ path }: Home) => join(path, 'named.json'),
};

const rows = z.record(z.string(), z.object({ value: z.unknown(), from: z.string() }));

async function settings(home: Home, args: readonly string[] = [], env: Record<string, string> = {}) {
  const run = await sluiceHere(['config', '-o', 'json', ...args], { home, env });
  if (run.exitCode !== 0) throw new Error(run.stderr);
  return rows.parse(JSON.parse(run.stdout));
}

describe('settings', () => {
  it('come from flags, then the environment, then the project, then the user, then the default', async () => {
    const home = freshHome();
    write(PLACES['user file'](home), { color: 'never', model: 'user', maxMessages: 40, effort: 'low' });
    write(PLACES['project file'](home), { model: 'project', effort: 'high', maxMessages: 30 });
    const found = await settings(home, ['--model', 'flag'], { SLUICE_MODEL: 'environment', SLUICE_EFFORT: 'max' });
    expect(found).toMatchObject({
      model: { value: 'flag', from: '--model' },
      effort: { value: 'max', from: 'SLUICE_EFFORT' },
      maxMessages: { value: 30, from: PLACES['project file'](home) },
      color: { value: 'never', from: PLACES['user file'](home) },
      maxChars: { value: 20_000, from: 'default' },
    });
  });

  it('come from the file of --config in place of the user file', async () => {
    const home = freshHome();
    write(PLACES['user file'](home), { effort: 'low', timeout: '1m' });
    write(PLACES['--config'](home), { effort: 'high' });
    const found = await settings(home, ['--config', PLACES['--config'](home)]);
    expect(found['effort']).toEqual({ value: 'high', from: PLACES['--config'](home) });
    expect(found).not.toHaveProperty('timeout');
  });

  it('come from the nearest project file upwards, of whatever kind', async () => {
    const home = freshHome();
    const inner = { ...home, project: join(home.project, 'a', 'b') };
    write(join(home.project, 'package.json'), { name: 'x', sluice: { effort: 'low' } });
    write(join(inner.project, 'package.json'), { name: 'y' });
    expect((await settings(inner))['effort']).toMatchObject({ value: 'low' });
    write(join(home.project, 'a', '.sluicerc.yaml'), 'effort: high\nmaxTurns: 4\n');
    expect(await settings(inner)).toMatchObject({ effort: { value: 'high' }, maxTurns: { value: 4 } });
  });

  it('have fixed names in the environment that others set too', async () => {
    const env = {
      CLAUDE_CODE_MAX_EXECUTION_TIME: '90000',
      CLAUDE_CODE_DEFAULT_PERMISSION_MODE: 'plan',
      CLAUDE_CODE_ALLOWED_TOOLS: 'read,bash(git log:*),mcp__a__b',
      CLAUDE_CODE_DEFAULT_CWD: '/srv',
    };
    expect(await settings(freshHome(), [], env)).toMatchObject({
      timeout: { value: '90s', from: 'CLAUDE_CODE_MAX_EXECUTION_TIME' },
      permissionMode: { value: 'plan', from: 'CLAUDE_CODE_DEFAULT_PERMISSION_MODE' },
      allowedTools: { value: ['Read', 'Bash(git log:*)', 'mcp__a__b'], from: 'CLAUDE_CODE_ALLOWED_TOOLS' },
      cwd: { value: '/srv', from: 'CLAUDE_CODE_DEFAULT_CWD' },
    });
    expect(await settings(freshHome(), [], { ...env, SLUICE_TIMEOUT: '5m' })).toMatchObject({
      timeout: { value: '5m', from: 'SLUICE_TIMEOUT' },
    });
  });

  it('reach claude', async () => {
    const home = freshHome();
    write(PLACES['project file'](home), { disallowedTools: ['Bash'], maxTurns: 3 });
    write(PLACES['user file'](home), { disallowedTools: ['Write'], maxTurns: 9, model: 'opus' });
    const { argv } = await whatClaudeSees(['hi'], { home });
    expect(argv).toEqual(expect.arrayContaining(['--max-turns=3', '--disallowed-tools=Write,Bash', '--model=opus']));
  });

  it('are shown with secrets masked', async () => {
    const run = await sluiceHere(['config', '--settings', '{"env":{"ANTHROPIC_API_KEY":"sk-ant-fake-0000"}}']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/--settings/);
    expect(run.stdout).not.toContain('sk-ant-fake-0000');
  });
});

describe('a setting that makes no sense', () => {
  const fake = [...begin, ...succeed];

  it('is refused with the name of the flag', async () => {
    const run = await sluiceHere(['--timeout', 'soon', 'hi'], { fake });
    expect(run.stderr).toMatch(/^sluice: usage: --timeout: "soon" is not a duration.*\n$/);
  });

  it.each([
    ['SLUICE_TIMEOUT', 'soon'],
    ['SLUICE_OUTPUT', 'xml'],
    ['SLUICE_NO_REDACT', 'perhaps'],
    ['CLAUDE_CODE_MAX_EXECUTION_TIME', '5m'],
    ['CLAUDE_CODE_DEFAULT_PERMISSION_MODE', 'yolo'],
    ['SLUICE_CONFIG', '/nowhere.json'],
  ])('is refused with the name of the variable %s', async (name, value) => {
    const run = await sluiceHere(['hi'], { fake, env: { [name]: value } });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: .+\n$/);
    expect(run.stderr).toContain(name === 'SLUICE_CONFIG' ? value : `${name}: "${value}" is not`);
  });

  it.each(Object.entries(PLACES))('is refused with the path of the %s', async (place, pathIn) => {
    const home = freshHome();
    const file = pathIn(home);
    const args = place === '--config' ? ['--config', file, 'hi'] : ['hi'];
    const problems = [
      ['{"timeout": "soon"}', 'timeout: "soon" is not a duration'],
      ['{"timeuot": "5m"}', 'there is no option "timeuot"'],
      ['{"max-turns": 3}', 'did you mean maxTurns?'],
      ['{"timeout": ', 'JSON'],
      ['["timeout"]', 'expected an object'],
      ['{"promptFile": "x"}', 'only the command line can set it, as --prompt-file'],
    ] as const;
    for (const [content, words] of problems) {
      write(file, content);
      const run = await sluiceHere(args, { home, fake });
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toMatch(/^sluice: usage: .+\n$/);
      expect(run.stderr).toContain(file);
      expect(run.stderr).toContain(words);
    }
  });

  it('is refused in YAML too, with the line', async () => {
    const home = freshHome();
    write(join(home.project, '.sluicerc.yaml'), 'timeout: [1\nmodel: x\n');
    const run = await sluiceHere(['hi'], { home, fake });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: .*\.sluicerc\.yaml: .*line \d.*\n$/);
  });
});

describe('a project file', () => {
  it.each([
    { claudePath: './evil' },
    { permissionMode: 'bypassPermissions' },
    { permissionMode: 'acceptEdits' },
    { noRedact: true },
    { dangerouslySkipPermissions: true },
    { allowedTools: ['Bash'] },
    { mcpConfig: { mcpServers: {} } },
    { settings: { env: { A: 'b' } } },
    { systemPrompt: 'obey' },
    { addDir: ['/'] },
    { cwd: '/' },
    { record: '/tmp/x' },
    { full: true },
    { failOnDenied: false },
    { strictMcpConfig: false },
    { agents: {} },
    { pluginDir: ['.'] },
  ])('that says %j would widen what may be done, and is refused', async (content) => {
    const home = freshHome();
    write(PLACES['project file'](home), content);
    const run = await sluiceHere(['hi'], { home, fake: [...begin, ...succeed] });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: .*\.sluicerc\.json: \w+: a project file can only narrow.*\n$/);
  });

  it('cannot raise a limit', async () => {
    const home = freshHome();
    write(PLACES['user file'](home), { maxTurns: 3, timeout: '1m', tools: ['Read', 'Grep'] });
    write(PLACES['project file'](home), { maxTurns: 30, timeout: '1h', tools: ['Read', 'Bash'], maxChars: '9m' });
    expect(await settings(home)).toMatchObject({
      maxTurns: { value: 3, from: PLACES['user file'](home) },
      timeout: { value: '1m' },
      tools: { value: ['Read'] },
      maxChars: { value: 20_000, from: 'default' },
    });
  });
});
