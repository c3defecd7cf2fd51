import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/main.ts';
import { KINDS } from '../../../src/secrets/kinds.ts';
import { createDraw } from '../secrets/random-secrets.ts';
import { systemError } from '../sinks/endings.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo, type FakeProcess, piped } from './fake-io.ts';

const TOKEN = `ghp_${createDraw(61)(36)}`;

/** One `sluice redact`, and what came of it. */
async function redact(argv: readonly string[], own: FakeProcess = {}) {
  const cwd = own.cwd ?? temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(cwd, 'xdg'), ...own.env };
  const io = { ...fakeIo({ ...own, cwd, env }), argv: ['redact', ...argv] };
  const code = await main(io);
  return { code, ...io.printed() };
}

describe('sluice redact', () => {
  it('masks what is piped in', async () => {
    expect(await redact([], { stdin: piped('a ', TOKEN, '\nb\n') })).toEqual({
      code: 0,
      out: 'a [REDACTED:github-token#1]\nb\n',
      err: '',
    });
  });

  it('reads files one after the other, - being stdin', async () => {
    const cwd = temporaryFolder({ a: 'A', 'b b': `${TOKEN}\n`, '--check': 'D\n' });
    expect(await redact(['a', '-', 'b b', '-', '--', '--check'], { cwd, stdin: piped('s ') })).toEqual({
      code: 0,
      out: 'As [REDACTED:github-token#1]\nD\n',
      err: '',
    });
  });

  it('knows the secrets of the environment, and those that were declared', async () => {
    const cwd = temporaryFolder({ known: 'open sesame\n', '.sluicerc.json': '{"secretEnv":["PLAIN"]}' });
    const argv = ['--secret-file', 'known', '--secret-pattern', 'acme=ACME-\\d{4}'];
    const env = { API_TOKEN: 'q7Yx0Zp3LmN8', PLAIN: 'plain word' };
    const stdin = piped('q7Yx0Zp3LmN8, plain word, open sesame, ACME-1234\n');
    expect((await redact(argv, { cwd, env, stdin })).out).toBe(
      '[REDACTED:env-secret#1], [REDACTED:env-secret#2], [REDACTED:known-value#1], [REDACTED:acme#1]\n',
    );
  });

  it.each([
    ['a kind', ['--allow-secret-kind', 'github-token']],
    ['a value', ['--allow-secret-value', TOKEN]],
    ['a pattern', ['--allow-secret-pattern', 'ghp_[0-9A-Za-z]{36}']],
  ])('lets %s through that was allowed', async (_, argv) => {
    expect((await redact(argv, { stdin: piped(`${TOKEN}\n`) })).out).toBe(`${TOKEN}\n`);
  });

  it('goes on where a file cannot be read, and says so in the exit code', async () => {
    const cwd = temporaryFolder({ a: 'A\n', 'd/x': '', b: 'B\n' });
    const { code, out, err } = await redact(['a', 'gone', 'd', 'b', '--check'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: 'A\nB\n' });
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^sluice: usage: gone cannot be read: no such file or directory \(ENOENT\)/),
      'sluice: usage: d cannot be read: it is a folder',
      'sluice: no secrets found',
      '',
    ]);
  });

  it('names no file in a way that shows a secret or acts on a terminal', async () => {
    const { err } = await redact([`${TOKEN}\u001b[31m`]);
    expect(err).toMatch(/REDACTED:github-token#1\].* cannot be read/);
    expect(err).not.toMatch(new RegExp(`${TOKEN}|\u001b`));
  });

  it.each<[string, FakeProcess, readonly string[], RegExp]>([
    ['a terminal that nobody asked to be read', { isTTY: true }, [], /^sluice: usage: nothing to redact: name a file/],
    ['--no-redact', {}, ['--no-redact'], /^sluice: usage: --no-redact: /],
    [
      'an unknown kind',
      {},
      ['--allow-secret-kind', 'jwtt'],
      /^sluice: usage: --allow-secret-kind: .*did you mean jwt\?/,
    ],
    ['a missing file of secrets', {}, ['--secret-file', 'gone'], /^sluice: usage: --secret-file: \/.*\/gone cannot be/],
  ])('refuses %s', async (_, own, argv, message) => {
    const { code, out, err } = await redact(argv, own);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it.each([
    ['--record r.ndjson', '--record: it is for runs'],
    ['--bundle b.json', '--bundle: it is for runs'],
    ['--json', '--output: it is for runs, not for sluice redact; --report prints JSON'],
    ['--model foo', '--model: '],
    ['--timeout 5m', '--timeout: '],
    ['--max-chars 3', '--max-chars: '],
    ['--file a', '--file: '],
    ['--redact-input', '--redact-input: '],
    ['--no-redact-input', '--no-redact-input: '],
    ['--no-system-messages', '--no-system-messages: '],
  ])('refuses a flag that it would ignore: %s', async (line, message) => {
    const cwd = temporaryFolder();
    const { code, out, err } = await redact(line.split(' '), { cwd, stdin: piped('text') });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`sluice: usage: ${message}`);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('takes the flags that every command has', async () => {
    const cwd = temporaryFolder({ 'c.json': '{}' });
    const argv = ['--color', 'never', '-q', '--config', 'c.json', '--redact'];
    expect(await redact(argv, { cwd, stdin: piped('text') })).toEqual({ code: 0, out: 'text', err: '' });
  });

  it('masks whatever lasting settings say of runs', async () => {
    const cwd = temporaryFolder({
      '.sluicerc.json': '{"output":"json","maxChars":64,"redactInput":true}',
      'xdg/sluice/config.json': '{"model":"opus","bundle":"b.json","redactInput":false}',
    });
    const env = { SLUICE_NO_REDACT: '1', SLUICE_RECORD: 'r.ndjson', SLUICE_TIMEOUT: '1s', SLUICE_MAX_PROMPT: '1' };
    const long = 'text '.repeat(100);
    expect(await redact([], { cwd, env, stdin: piped(long, TOKEN) })).toEqual({
      code: 0,
      out: `${long}[REDACTED:github-token#1]`,
      err: '',
    });
    expect(readdirSync(cwd).toSorted()).toEqual(['.sluicerc.json', 'xdg']);
  });

  it('masks UTF-16, and gives it as UTF-8', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), '\uFEFFpassword=hunter2horse9!', 'utf16le');
    expect(await redact(['a.txt'], { cwd })).toEqual({ code: 0, out: 'password=[REDACTED:password#1]', err: '' });
    const report = await redact(['a.txt', '--report'], { cwd });
    expect(JSON.parse(report.out)).toMatchObject({ findings: [{ kind: 'password', line: 1 }] });
  });

  it('ends silently when its reader has gone', async () => {
    const run = await redact([], { stdin: piped('text\n'), broken: systemError('EPIPE') });
    expect(run).toMatchObject({ code: 141, err: '' });
  });
});

describe('sluice redact --check', () => {
  it.each([
    ['nothing', 'clean\n', 0, 'sluice: no secrets found\n'],
    ['one', `${TOKEN}\n`, 1, 'sluice: 1 secret found: 1 github-token\n'],
    [
      'several',
      `${TOKEN} ${TOKEN} password=q7Yx0Zp3LmN8\n`,
      1,
      'sluice: 3 secrets found: 2 github-token, 1 password\n',
    ],
  ])('tells of %s', async (_, text, code, err) => {
    const run = await redact(['--check'], { stdin: piped(text) });
    expect(run).toMatchObject({ code, err });
    expect(run.out).toContain('\n');
  });

  it('says nothing with --quiet', async () => {
    expect(await redact(['--check', '-q'], { stdin: piped(TOKEN) })).toMatchObject({ code: 1, err: '' });
  });
});

describe('sluice redact --report', () => {
  it('prints where secrets are in place of the text', async () => {
    const cwd = temporaryFolder({ 'app.log': `one\n  token ${TOKEN}\n` });
    const run = await redact(['--report', '--check', '-', 'app.log'], { cwd, stdin: piped(TOKEN, '\n') });
    expect(run).toMatchObject({ code: 1, err: 'sluice: 2 secrets found: 2 github-token\n' });
    const found = { kind: 'github-token', placeholder: '[REDACTED:github-token#1]' };
    expect(JSON.parse(run.out)).toEqual({
      findings: [
        { file: null, line: 1, column: 1, ...found },
        { file: 'app.log', line: 2, column: 9, ...found },
      ],
      total: 2,
      byKind: { 'github-token': 2 },
      partial: false,
    });
    expect(run.out).not.toContain(TOKEN);
  });

  it('is partial where a file could not be read', async () => {
    expect(JSON.parse((await redact(['--report', 'gone'])).out)).toMatchObject({ findings: [], partial: true });
  });
});

describe('sluice redact --list-kinds', () => {
  it('prints every kind, those of your own patterns too', async () => {
    const { code, out, err } = await redact(['--list-kinds', '--secret-pattern', 'acme=ACME'], { isTTY: true });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trimEnd().split('\n')).toEqual([...KINDS, 'acme'].toSorted());
  });
});
