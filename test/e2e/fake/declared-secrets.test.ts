import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { whatClaudeSees } from '../../support/confession.ts';
import { begin, type Step } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';

const SECRETS = {
  env: 'plain words',
  file: 'open sesame',
  pattern: 'ACME-1234',
  token: `ghp_${'a1B2c3D4e5F6'.repeat(3)}`,
};
const TEXT = `${SECRETS.env} / ${SECRETS.file} / ${SECRETS.pattern} / ${SECRETS.token}\n`;
const MASKED = '[REDACTED:env-secret#1] / [REDACTED:known-value#1] / [REDACTED:acme#1] / [REDACTED:github-token#1]\n';
const PATTERN = 'ACME-[0-9]{4}';
const fake: readonly Step[] = [...begin, { say: TEXT.trim() }, { result: { result: TEXT.trim() } }];

function homeWith(files: Readonly<Record<string, unknown>>): Home {
  const home = freshHome();
  for (const [name, content] of Object.entries(files)) {
    const file = join(home.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return home;
}

const FLAGS = ['--secret-env', 'PHRASE', '--secret-file', 'known', '--secret-pattern', `acme=${PATTERN}`];
const FILE = { secretEnv: ['PHRASE'], secretFiles: ['known'], secretPatterns: { acme: PATTERN } };
const VARIABLES = {
  SLUICE_SECRET_ENV: 'UNSET,PHRASE',
  SLUICE_SECRET_FILES: 'known',
  SLUICE_SECRET_PATTERNS: `acme=${PATTERN}`,
};

describe('secrets that are declared', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    ['flags', FLAGS, {}, { 'project/known': SECRETS.file }],
    ['variables', [], VARIABLES, { 'project/known': SECRETS.file }],
    ['a project’s file', [], {}, { 'project/.sluicerc.json': FILE, 'project/known': SECRETS.file }],
    ['your own file', [], {}, { '.config/sluice/config.json': FILE, '.config/sluice/known': `\n${SECRETS.file}\r\n` }],
    [
      'several of them',
      ['--secret-env', 'PHRASE'],
      { SLUICE_SECRET_PATTERNS: `acme=${PATTERN}` },
      { 'project/.sluicerc.json': { secretFiles: 'known' }, 'project/known': SECRETS.file },
    ],
  ])('by %s are masked by every command', async (_, flags, variables, files) => {
    const home = homeWith(files);
    const env = { PHRASE: SECRETS.env, ...variables };
    const redacted = await sluiceHere(['redact', ...flags], { home, env, input: TEXT });
    expect(redacted).toMatchObject({ exitCode: 0, stdout: MASKED, stderr: '' });
    const run = await sluiceHere([...flags, '--record', 'r.ndjson', 'hi'], { home, env, fake });
    expect(run).toMatchObject({ exitCode: 0, stdout: MASKED, stderr: '' });
    for (const secret of Object.values(SECRETS)) expect(run.file('r.ndjson')).not.toContain(secret);
    const raw = [
      { type: 'system', subtype: 'init', session_id: 's', cwd: '/', model: 'm', tools: [], permissionMode: 'default' },
      { type: 'result', subtype: 'success', is_error: false, result: TEXT.trim(), session_id: 's' },
    ];
    const input = raw.map((message) => `${JSON.stringify(message)}\n`).join('');
    expect(await sluiceHere(['replay', '-o', 'text', ...flags], { home, env, input })).toMatchObject({
      stdout: MASKED,
    });
  });

  it('come from a command, too', async () => {
    const run = await sluice(['redact', '--secret-file', 'PIPE'], {
      input: TEXT,
      shell: (command) => `exec 3<<X\n${SECRETS.file}\nX\n${command.replace('PIPE', '/dev/fd/3')}`,
    });
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('[REDACTED:known-value#1]') });
  });

  it.each([
    [
      'a file that is missing',
      ['--secret-file', 'gone'],
      /^sluice: usage: --secret-file: \/.*\/gone cannot be read: .*\(ENOENT\)/,
    ],
    [
      'a value that is too short',
      ['--secret-file', 'short'],
      /--secret-file: \/.*\/short: line 2: .* at least 4 char.*, not 3\n$/,
    ],
    [
      'an empty file',
      ['--secret-file', 'empty'],
      /^sluice: usage: --secret-file: \/.*\/empty: there is no secret in it/,
    ],
    [
      'a bad pattern',
      ['--secret-pattern', 'acme=('],
      /^sluice: usage: --secret-pattern: the secret pattern "acme" is no/,
    ],
    [
      'a pattern without its kind',
      ['--secret-pattern', 'swordfish'],
      /--secret-pattern: a pattern is written KIND=REGEX/,
    ],
    [
      'a slow pattern',
      ['--secret-pattern', 'acme=(x1+)+$'],
      /^sluice: usage: --secret-pattern: .*"acme" could take far/,
    ],
    [
      'a value in place of a name',
      ['--secret-env', 'PASSWORD=swordfish'],
      /^sluice: usage: --secret-env: "PASSWORD=…" is/,
    ],
    [
      'an unknown kind',
      ['--allow-secret-kind', 'githb-token'],
      /--allow-secret-kind: .* did you mean github-token\?\n$/,
    ],
  ])('are refused in one line when it is %s, before claude is started', async (_, flags, message) => {
    const home = homeWith({ 'project/short': 'swordfish\nabc\n', 'project/empty': '\n' });
    for (const args of [
      ['redact', ...flags],
      ['replay', ...flags, 'x'],
      ['config', ...flags],
      [...flags, '-p', 'hi'],
    ]) {
      const run = await sluiceHere(args, { home, fake });
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toMatch(message);
      expect(run.stderr).toMatch(/^[^\n]+\n$/);
      expect(run.stderr).not.toMatch(/swordfish|abc/);
    }
  });

  it.each([
    [{ secretPatterns: { foo: '(' } }, /project\/\.sluicerc\.json: secretPatterns\.foo: /],
    [
      { secretFiles: ['gone'] },
      /project\/\.sluicerc\.json: secretFiles: \S*project\/gone cannot be read: .*\(ENOENT\)/,
    ],
    [
      { secretFiles: ['/dev/zero'] },
      /project\/\.sluicerc\.json: secretFiles: \/dev\/zero cannot be read: .*only name a plain file/,
    ],
    [{ secretEnv: 'A=b' }, /project\/\.sluicerc\.json: secretEnv: "A=…" is not the name of a variable/],
  ])('are refused with the name of the file: %j', async (content, message) => {
    const run = await sluiceHere(['redact'], { home: homeWith({ 'project/.sluicerc.json': content }), input: 'x' });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });
});

describe('what is allowed', () => {
  it.each([
    ['a kind', ['--allow-secret-kind', 'github-token'], { SLUICE_ALLOW_SECRET_KINDS: 'jwt,github-token' }],
    ['a value', ['--allow-secret-value', SECRETS.token], { SLUICE_ALLOW_SECRET_VALUES: `x\n${SECRETS.token}` }],
    [
      'a pattern',
      ['--allow-secret-pattern', 'ghp_[0-9A-Za-z]{36}'],
      { SLUICE_ALLOW_SECRET_PATTERNS: 'ghp_[a-zA-Z0-9]{36}' },
    ],
  ])('by %s comes through', async (_, flags, env) => {
    const input = `${SECRETS.token}\n`;
    expect((await sluiceHere(['redact', ...flags], { input })).stdout).toBe(input);
    expect((await sluiceHere(['redact'], { input, env })).stdout).toBe(input);
    expect((await sluiceHere([...flags, 'hi'], { fake })).stdout).toContain(SECRETS.token);
  });

  it.each([
    { allowSecretKinds: ['github-token'] },
    { allowSecretValues: [SECRETS.token] },
    { allowSecretPatterns: ['ghp_.*'] },
    { redactInput: false },
    { noRedact: true },
  ])('is not for a project to say: %j', async (content) => {
    const home = homeWith({ 'project/.sluicerc.json': content });
    for (const args of [['redact'], ['hi']]) {
      const run = await sluiceHere(args, { home, fake, input: TEXT });
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toMatch(/^sluice: usage: .*\.sluicerc\.json: \w+: a project file can only narrow.*\n$/);
      expect(run.stderr).not.toContain(SECRETS.token);
    }
  });
});

/** What claude was asked, of a run that attaches the text. */
async function asked(args: readonly string[], content: unknown = {}): Promise<string> {
  const home = homeWith({ 'project/.sluicerc.json': content, 'project/known': SECRETS.file });
  const run = await sluiceHere([...args, '--json', 'why?'], {
    home,
    env: { PHRASE: SECRETS.env },
    input: TEXT,
    fake: [...begin, { confess: true }],
  });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  return run.stdout;
}

describe('text that is attached', () => {
  it('is masked before claude sees it, as declared', async () => {
    const seen = await asked(FLAGS);
    expect(seen).toContain(MASKED.trim());
    expect(JSON.parse(seen)).toMatchObject({ redactions: { input: { total: 4 } } });
  });

  it('is not counted where nothing is masked on the way in', async () => {
    const seen = await asked([...FLAGS, '--no-redact-input']);
    expect(JSON.parse(seen)).toMatchObject({ redactions: { input: { total: 0 } } });
  });

  it('goes as it is with --no-redact', async () => {
    const { heard } = await whatClaudeSees(['why?'], { input: TEXT });
    expect(JSON.stringify(heard)).toContain(SECRETS.token);
  });

  it('is not half redacted', async () => {
    const run = await sluiceHere(['--no-redact', '--redact-input', 'hi'], { fake });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: --redact-input: input cannot be redacted with --no-redact; /);
  });
});

describe('sluice config', () => {
  const rows = z.record(z.string(), z.object({ value: z.unknown(), from: z.string() }));

  it('shows what is declared, and nothing that is secret', async () => {
    const home = homeWith({
      'project/.sluicerc.json': { secretPatterns: { acme: PATTERN }, secretEnv: ['OTHER'] },
      'project/known': `${SECRETS.file}\n`,
    });
    const args = [
      '--secret-env',
      'PHRASE',
      '--secret-file',
      'known',
      '--allow-secret-value',
      'hunter2',
      '--allow-secret-kind',
      'jwt',
    ];
    const prompt = ['--append-system-prompt', `say ${SECRETS.file} or ${SECRETS.env}`];
    const run = await sluiceHere(['config', '-o', 'json', ...args, ...prompt], { home, env: { PHRASE: SECRETS.env } });
    expect(run.exitCode).toBe(0);
    const project = join(home.project, '.sluicerc.json');
    expect(rows.parse(JSON.parse(run.stdout))).toMatchObject({
      redactInput: { value: true, from: 'default' },
      secretEnv: { value: ['OTHER', 'PHRASE'], from: `${project}, --secret-env` },
      secretFiles: { value: [expect.stringMatching(/^\/.*\/known$/)], from: '--secret-file' },
      secretPatterns: { value: [`acme=${PATTERN}`], from: project },
      allowSecretKinds: { value: ['jwt'], from: '--allow-secret-kind' },
      allowSecretValues: { value: ['[REDACTED]'], from: '--allow-secret-value' },
      appendSystemPrompt: { value: 'say [REDACTED:known-value#1] or [REDACTED:env-secret#1]' },
    });
    const text = await sluiceHere(['config', ...args, ...prompt], { home, env: { PHRASE: SECRETS.env } });
    expect(text.stdout).toMatch(/--secret-pattern +\["acme=ACME-/);
    for (const { stdout } of [run, text]) expect(stdout).not.toMatch(/hunter2|open sesame|plain words/);
  });
});
