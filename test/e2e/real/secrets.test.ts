import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesWithSecrets, plain } from '../../support/scenarios.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { whatClaudeSees } from '../../support/confession.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Other secrets of the environment, by a name or a shape that gives them away. */
const env = {
  DATABASE_PASSWORD: 'correct-horse-battery',
  GITHUB_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwx12',
  CLAUDECODE: '1',
};

describe('secrets of the environment', () => {
  it('are masked in errors', async () => {
    const run = await sluiceHere([`--timeout=${API_KEY}`, 'hi']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--timeout');
    expect(run.stderr).not.toContain(API_KEY);
  });
});

function homeWith(files: Readonly<Record<string, string>>): Home {
  const home = freshHome();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home.project, name), text);
  return home;
}

/** Drawn for this test alone. */
const ARMOUR = 'RSA PRIVATE KEY-----';
const FILES = {
  id_rsa: [
    `-----BEGIN ${ARMOUR}`,
    ...Array.from({ length: 5 }, (_, line) => `MIIEpAIBAAKCAQEA${'q7Yx0Zp3LmN8'.repeat(4)}${line}`),
    `-----END ${ARMOUR}`,
  ],
  '.npmrc': [`//registry.example.test/:_authToken=npm_${'aB3dE5fG7h'.repeat(3)}123456`],
};
const LINES = [...FILES['id_rsa'].slice(1, -1), `npm_${'aB3dE5fG7h'.repeat(3)}123456`];

const SECRETS = [...LINES, API_KEY, env.DATABASE_PASSWORD, env.GITHUB_TOKEN];

describe('secrets of files and of the environment that a tool prints', () => {
  it('are let through with --no-redact, and are else in no output, nor in any file; of what claude printed, no format shows them', async () => {
    const home = homeWith(Object.fromEntries(Object.entries(FILES).map(([name, lines]) => [name, lines.join('\n')])));
    const flags = ['--bundle', 'b.json', '--full', '--allowed-tools=Bash'];
    const raw = await sluice([...flags, '--no-redact', '-o', 'stream-json', 'hi'], {
      api: await stub(filesWithSecrets),
      env,
      home,
    });
    for (const secret of [API_KEY, env.DATABASE_PASSWORD]) expect(raw.stdout).toContain(secret);
    expect(raw.bundleFile('b.json').redactions.total).toBe(0);

    const again = [{ prompt: true } as const, { bytes: raw.bytes.toString('base64') }];
    const run = await sluiceHere([...flags, '-o', 'pretty', '--record', 'r.ndjson', 'hi'], { fake: again, env, home });
    expect(run.exitCode).toBe(0);
    const everything = [run.stdout, run.stderr, run.file('r.ndjson'), run.file('b.json')].join('\n');
    expect(everything).toContain('DATABASE_PASSWORD');
    expect(everything).toContain('[REDACTED:private-key#1]');
    for (const secret of SECRETS) expect(everything).not.toContain(secret);
    expect(run.bundleFile('b.json').redactions.total).toBeGreaterThanOrEqual(3);

    writeFileSync(join(home.project, 'raw.ndjson'), raw.stdout);
    for (const format of ['pretty', 'text', 'json', 'ndjson', 'stream-json']) {
      const shown = await sluiceHere(['replay', 'raw.ndjson', '-o', format, '--full'], { home, env });
      expect(shown.exitCode).toBe(0);
      for (const secret of SECRETS) expect(shown.stdout + shown.stderr).not.toContain(secret);
    }
  });
});

describe('secrets on the way in', () => {
  const log = `deploy failed\nDATABASE_URL=postgres://app:tr0ub4dor@db/app\nNPM=npm_${'aB3dE5fG7h'.repeat(3)}123456\n`;
  const sentOf = (api: Awaited<ReturnType<typeof stub>>) => JSON.stringify(api.requests.map(({ body }) => body));

  it('are masked in piped and attached text, and counted; in what the user typed they stay', async () => {
    const api = await stub(plain);
    const run = await sluice(['why not postgres://me:hunter2x@db?', '--json', '--file', 'app.log'], {
      api,
      input: log,
      home: homeWith({ 'app.log': log }),
    });
    expect(run.exitCode).toBe(0);
    expect(sentOf(api)).toContain('postgres://app:[REDACTED:url-password#1]@db/app');
    expect(sentOf(api)).toContain('postgres://me:hunter2x@db');
    expect(sentOf(api)).not.toMatch(/tr0ub4dor|npm_aB3/);
    expect(run.bundle().redactions.input).toEqual({ total: 4, byKind: { 'url-password': 2, 'npm-token': 2 } });
  });

  it('are told in the footer', async () => {
    const run = await sluiceHere(['-o', 'pretty', 'why?'], { fake: [...begin, ...succeed], input: log });
    expect(run.stdout + run.stderr).toContain('2 redacted in the prompt');
  });

  it('stay in everything with --no-redact-input', async () => {
    const { heard } = await whatClaudeSees(['--no-redact-input', 'why?'], { input: log });
    expect(JSON.stringify(heard)).toContain('app:tr0ub4dor@db');
  });
});
