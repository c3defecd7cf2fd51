import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/servers/auth/draw-token.ts';
import { drawnToken } from '../../support/drawn-token.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';

const TOKEN = /^sluice_[\w-]{43}\n$/;
const DAY_MS = 24 * 60 * 60_000;

describe('sluice token', () => {
  it("prints a token and nothing else, and adds its digest to a file that is its owner's alone", async () => {
    const home = freshHome();
    const args = ['token', '--subject', 'alice', '--scopes', 'query', 'read', '--tokens-file', 'tokens'];
    const { exitCode, stdout, stderr, file } = await sluiceHere(args, { home });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(TOKEN);
    const line: unknown = JSON.parse(file('tokens'));
    expect(line).toEqual({
      digest: digestOf(stdout.trim()),
      subject: 'alice',
      scopes: ['query', 'read'],
      expires: expect.any(String),
      created: expect.any(String),
    });
    expect(livesFor(line)).toBe(DAY_MS);
    expect(statSync(join(home.project, 'tokens')).mode & 0o777).toBe(0o600);
  });

  it('adds to what is there, also behind a line without an end, and from several places at once', async () => {
    const home = freshHome();
    const tokens = join(home.project, 'tokens');
    writeFileSync(tokens, drawnToken().line, { mode: 0o600 });
    const subjects = ['bob', 'carol', 'dave'];
    await Promise.all(
      subjects.map((subject) => sluice(['token', '--subject', subject, '--tokens-file', tokens], { home })),
    );
    const lines = readFileSync(tokens, 'utf8').trim().split(/\n+/);
    const found = lines.map((line): unknown => JSON.parse(line));
    expect(found).toHaveLength(4);
    for (const subject of ['alice', ...subjects]) expect(found).toContainEqual(expect.objectContaining({ subject }));
  });

  it('prints the line for the file on stderr when there is none', async () => {
    const { stdout, stderr } = await sluiceHere([
      'token',
      '--subject',
      'alice',
      '--lifetime',
      '1h',
      '--quotas',
      '5USD/day',
    ]);
    expect(stdout).toMatch(TOKEN);
    const [sentence, line = '', ...rest] = stderr.split('\n');
    expect([sentence, rest]).toEqual(['sluice: add this line to the file of --tokens-file:', ['']]);
    expect(JSON.parse(line)).toMatchObject({
      digest: digestOf(stdout.trim()),
      subject: 'alice',
      scopes: [],
      quotas: ['5usd/day'],
    });
    expect(livesFor(JSON.parse(line))).toBe(60 * 60_000);
  });

  it('prints another one each time', async () => {
    const [one, other] = [await sluiceHere(['token', '--subject', 'a']), await sluiceHere(['token', '--subject', 'a'])];
    expect(one.stdout).not.toBe(other.stdout);
  });

  it('signs a JWT with the secret of a file', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'secret'), 'x9'.repeat(32), { mode: 0o600 });
    const claimed = ['--subject', 'alice', '--scopes', 'query,read', '--lifetime', '90m', '--jwt-issuer', 'me'];
    const { exitCode, stdout, stderr } = await sluiceHere(
      ['token', '--jwt', ...claimed, '--jwt-secret-file', 'secret', '--jwt-audience', 'https://example.com/mcp'],
      { home, env: { SLUICE_SERVER_TOKENS_FILE: 'left-alone' } },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(decodeProtectedHeader(stdout.trim())).toEqual({ alg: 'HS256', typ: 'JWT' });
    const claims = decodeJwt(stdout.trim());
    expect(claims).toMatchObject({ sub: 'alice', scope: 'query read', iss: 'me', aud: 'https://example.com/mcp' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(90 * 60);
    expect(existsSync(join(home.project, 'left-alone'))).toBe(false);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['nobody to use it', [], 2, /^sluice: usage: say who will use the token, with --subject NAME\n$/],
    ['an escape in the name', ['--subject', 'a\u001b[31m'], 2, /^sluice: usage: --subject: a name has at most 256/],
    ['a scope with a quote', ['--subject', 'a', '--scopes', 'a"b'], 2, /^sluice: usage: --scopes: "a"b" cannot be/],
    [
      'a lifetime without end',
      ['--subject', 'a', '--lifetime', '999d'],
      2,
      /^sluice: usage: --lifetime: "999d" is not/,
    ],
    [
      'a secret for a name',
      ['--subject', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
      2,
      /^sluice: usage: --subject, --scopes: /,
    ],
    ['no secret', ['--subject', 'a', '--jwt'], 2, /^sluice: usage: --jwt: .* with --jwt-secret-file/],
    [
      'no audience',
      ['--subject', 'a', '--jwt', '--jwt-secret-file', 'short'],
      2,
      /^sluice: usage: --jwt: .* with --jwt-audience: .*--public-url/,
    ],
    [
      'a secret that is too short',
      ['--subject', 'a', '--jwt', '--jwt-secret-file', 'short', '--jwt-audience', 'x'],
      2,
      /^sluice: usage: --jwt-secret-file: \/\S*\/project\/short cannot be used: HS256 needs a secret of at least 32 bytes/,
    ],
    [
      'a flag of JWTs alone',
      ['--subject', 'a', '--jwt-issuer', 'x'],
      2,
      /^sluice: usage: --jwt-issuer: it needs --jwt/,
    ],
    ['a flag of runs', ['--subject', 'a', '--model', 'opus'], 2, /^sluice: usage: --model: it has no meaning/],
    [
      'a file for JWTs',
      ['--subject', 'a', '--jwt', '--tokens-file', 'tokens'],
      2,
      /^sluice: usage: --tokens-file: a JWT is in no file/,
    ],
    [
      'another file',
      ['--subject', 'a', '--tokens-file', 'notes'],
      2,
      /^sluice: usage: --tokens-file: \/\S*\/project\/notes is no tokens file, or was damaged: line 1: /,
    ],
    [
      'a file of others',
      ['--subject', 'a', '--tokens-file', 'open'],
      2,
      /^sluice: usage: --tokens-file: \/\S*\/project\/open cannot be used: its mode is 0644/,
    ],
    [
      'a folder that is not there',
      ['--subject', 'a', '--tokens-file', 'no/tokens'],
      74,
      /^sluice: output_error: --tokens-file: \/\S*\/project\/no\/tokens cannot be written: .*\(ENOENT\)/,
    ],
  ])('with %s prints no token, and says why', async (_, args, code, message) => {
    const home = freshHome();
    for (const name of ['short', 'notes', 'open']) {
      writeFileSync(join(home.project, name), name === 'open' ? '' : 'a few words\n');
      chmodSync(join(home.project, name), name === 'open' ? 0o644 : 0o600);
    }
    const { exitCode, stdout, stderr, file } = await sluiceHere(['token', ...args], { home });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/a few words|\u001b/);
    expect(file('notes')).toBe('a few words\n');
  });

  it('fails when the token cannot be printed', async () => {
    const shell = (command: string): string => `${command} > /dev/full`;
    const { exitCode, stderr } = await sluice(['token', '--subject', 'a'], { shell });
    expect(exitCode).toBe(74);
    expect(stderr).toMatch(/^sluice: output_error: stdout cannot be written: .*\(ENOSPC\)/m);
  });

  it('takes a folder for what it is', async () => {
    const home = freshHome();
    mkdirSync(join(home.project, 'folder'));
    const { exitCode, stdout } = await sluiceHere(['token', '--subject', 'a', '--tokens-file', 'folder'], { home });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

function livesFor(line: unknown): number {
  const { expires, created } = Object(line);
  return Date.parse(String(expires)) - Date.parse(String(created));
}
