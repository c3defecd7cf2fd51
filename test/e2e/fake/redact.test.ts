import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';

const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

function homeWith(files: Readonly<Record<string, string | Buffer>>): Home {
  const home = freshHome();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(home.project, name), content);
  return home;
}

describe('sluice redact', () => {
  it('prints what is piped in with secrets masked, those of the environment too', async () => {
    const run = await sluiceHere(['redact'], { input: `key ${API_KEY}, token ${TOKEN}, key ${API_KEY}\n` });
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: 'key [REDACTED:env-secret#1], token [REDACTED:github-token#1], key [REDACTED:env-secret#1]\n',
      stderr: '',
    });
  });

  it('reads files one after the other, as cat does', async () => {
    const home = homeWith({ a: 'A', 'b b': `B ${TOKEN}\n`, c: '' });
    const run = await sluiceHere(['redact', 'a', '-', 'b b', 'c'], { home, input: ' piped ' });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'A piped B [REDACTED:github-token#1]\n', stderr: '' });
  });

  it('prints nothing of nothing', async () => {
    expect(await sluiceHere(['redact'])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await sluiceHere(['redact', '-'], { input: '' })).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['a byte order mark and Windows line ends', Buffer.from('\uFEFFone\r\ntwo\r\n\r\nthree')],
    ['NUL and control characters', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte % 128))],
    ['every byte there is', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
    ['Latin-1', Buffer.from('Grüße aus Köln, Größe 12\n'.repeat(9000), 'latin1')],
    ['characters that chunks cut in two', Buffer.from(`x${'日本語😀 é\n'.repeat(30_000)}`)],
    ['text that ends within a character', Buffer.from('Käse 😀').subarray(0, -1)],
  ])('leaves %s as it is', async (_, bytes) => {
    const home = homeWith({ file: bytes });
    const [piped, read] = [
      await sluiceHere(['redact'], { input: bytes }),
      await sluiceHere(['redact', 'file'], { home }),
    ];
    expect(piped.bytes.equals(bytes)).toBe(true);
    expect(read.bytes.equals(bytes)).toBe(true);
    const masked = await sluiceHere(['redact'], { input: Buffer.concat([bytes, Buffer.from(` ${TOKEN} `), bytes]) });
    expect(masked.bytes.equals(Buffer.concat([bytes, Buffer.from(' [REDACTED:github-token#1] '), bytes]))).toBe(true);
  });

  it.each([
    ['Node may compile nothing', { env: { NODE_OPTIONS: '--jitless' } }],
    ['a process may have little memory', { shell: (command: string) => `ulimit -v 8000000; ${command}` }],
  ])('masks much text where %s, too', async (_, circumstances) => {
    const lines = 'INFO request took 12 ms\n'.repeat(50_000);
    const run = await sluice(['redact'], { input: `${lines}${TOKEN}`, ...circumstances });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toBe(`${lines}[REDACTED:github-token#1]`);
  });

  it('goes on where a file cannot be read, and exits with 2', async () => {
    const home = homeWith({ a: 'A\n', b: 'B\n' });
    mkdirSync(join(home.project, 'folder'));
    const run = await sluiceHere(['redact', 'a', 'gone', 'folder', 'b'], { home });
    expect(run).toMatchObject({ exitCode: 2, stdout: 'A\nB\n' });
    expect(run.stderr).toMatch(/^sluice: usage: gone cannot be read: .*\nsluice: usage: folder cannot be read: .*\n$/);
  });

  it('says so when stdin is a folder', async () => {
    const run = await sluice(['redact', '--check', '-q'], { shell: (command) => `${command} < .` });
    expect(run).toMatchObject({ exitCode: 2, stderr: 'sluice: usage: stdin cannot be read: it is a folder\n' });
  });

  it('does not read what it writes', async () => {
    const home = homeWith({ log: `${TOKEN}\n`, other: 'other\n' });
    const run = await sluice(['redact', 'other', 'log'], { home, shell: (command) => `${command} >> log` });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: log cannot be read: it is the output, too\n$/);
    expect(run.file('log')).toBe(`${TOKEN}\nother\n`);
  });

  it('is explained by its help', async () => {
    const run = await sluiceHere(['redact', '--help']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Usage: sluice redact [options] [files...]');
    for (const flag of ['--check', '--report', '--list-kinds', '--secret-env']) expect(run.stdout).toContain(flag);
  });

  it('needs no claude', async () => {
    expect(await sluiceHere(['redact'], { input: 'x\n', claude: '/nowhere' })).toMatchObject({
      exitCode: 0,
      stdout: 'x\n',
    });
  });
});

describe('sluice redact --check', () => {
  it('exits with 1 when there is a secret, and says how many', async () => {
    const run = await sluiceHere(['redact', '--check'], { input: `${TOKEN}\n${TOKEN}\n` });
    expect(run).toMatchObject({ exitCode: 1, stderr: 'sluice: 2 secrets found: 2 github-token\n' });
    expect(run.stdout).toBe('[REDACTED:github-token#1]\n[REDACTED:github-token#1]\n');
  });

  it('exits with 0 when there is none', async () => {
    expect(await sluiceHere(['redact', '--check'], { input: 'all is well\n' })).toMatchObject({
      exitCode: 0,
      stdout: 'all is well\n',
      stderr: 'sluice: no secrets found\n',
    });
  });

  it('exits with 2 when it could not check everything, and is silent with -q but for that', async () => {
    const run = await sluiceHere(['redact', '--check', '-q', '-', 'gone'], { input: TOKEN });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: gone cannot be read: .*\n$/);
  });
});

describe('sluice redact --report', () => {
  it('prints one document that tells where secrets are, and nothing of them', async () => {
    const home = homeWith({ 'app.log': `one\r\n  é😀 ${TOKEN}\n`, clean: 'clean\n', [`${TOKEN}.txt`]: TOKEN });
    const run = await sluiceHere(['redact', '--report', '--check', 'app.log', 'clean', '-', `${TOKEN}.txt`], {
      home,
      input: Buffer.concat([Buffer.from('fffe20', 'hex'), Buffer.from(`${API_KEY}\n`)]),
    });
    expect(run).toMatchObject({ exitCode: 1, stderr: 'sluice: 3 secrets found: 2 github-token, 1 env-secret\n' });
    const github = { kind: 'github-token', placeholder: '[REDACTED:github-token#1]' };
    expect(JSON.parse(run.stdout)).toEqual({
      findings: [
        { file: 'app.log', line: 2, column: 6, ...github },
        { file: null, line: 1, column: 4, kind: 'env-secret', placeholder: '[REDACTED:env-secret#1]' },
        { file: '[REDACTED:github-token#1].txt', line: 1, column: 1, ...github },
      ],
      total: 3,
      byKind: { 'env-secret': 1, 'github-token': 2 },
      partial: false,
    });
    expect(run.stdout).not.toContain(TOKEN);
  });

  it('is a document when there is nothing to tell, and partial when something was not read', async () => {
    const empty = await sluiceHere(['redact', '--report', '--check'], { input: 'clean\n' });
    expect(empty.exitCode).toBe(0);
    expect(JSON.parse(empty.stdout)).toEqual({ findings: [], total: 0, byKind: {}, partial: false });
    const missing = await sluiceHere(['redact', '--report', 'gone'], { input: 'clean\n' });
    expect(missing.exitCode).toBe(2);
    expect(JSON.parse(missing.stdout)).toMatchObject({ findings: [], partial: true });
  });
});

describe('sluice redact --list-kinds', () => {
  it('prints the kinds, one a line, and reads nothing', async () => {
    const run = await sluiceHere(['redact', '--list-kinds', '--secret-pattern', 'acme-key=ACME-[0-9]{4}', 'gone']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const kinds = run.stdout.trimEnd().split('\n');
    expect(kinds).toEqual(kinds.toSorted());
    expect(kinds).toEqual(
      expect.arrayContaining(['acme-key', 'env-secret', 'github-token', 'known-value', 'password']),
    );
  });
});

describe('an output that cannot be written', () => {
  it('is told, and exits with 74', async () => {
    const run = await sluice(['redact'], { input: 'text\n', shell: (command) => `${command} > /dev/full` });
    expect(run.exitCode).toBe(74);
    expect(run.stderr).toMatch(
      /^sluice: output_error: stdout cannot be written: no space left on device \(ENOSPC\)\n$/,
    );
  });
});

describe('a wide text', () => {
  it('comes out byte for byte in one of 32 MB, with each of its secrets masked', async () => {
    const line = `${'plain words without anything to hide, '.repeat(25)}\n`;
    const block = `${line.repeat(1000)}${TOKEN}\n`;
    const home = homeWith({ big: block.repeat(32) });
    await sluice(['redact', 'big'], { home, shell: (command) => `${command} > out` });
    const out = readFileSync(join(home.project, 'out'), 'utf8');
    expect(out === `${line.repeat(1000)}[REDACTED:github-token#1]\n`.repeat(32)).toBe(true);
  });
});
