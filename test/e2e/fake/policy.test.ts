import { spawn } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import { type Confession, readConfession } from '../../support/confession.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, freshPublicHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startMcp } from '../../support/mcp.ts';
import { shared } from '../../support/shared.ts';
import { API_KEY, type Invocation } from '../../support/sluice.ts';
import { atTestEnd } from '../../support/test-end.ts';

const SWAPPER = fileURLToPath(new URL('../../support/swap-folders.js', import.meta.url));

/** A server with a claude that says what it sees, and the home that both have. */
const confessing = shared(async () => {
  const home = freshHome();
  for (const folder of ['deep', 'work']) mkdirSync(join(home.project, folder));
  mkdirSync(join(home.path, 'outside'));
  symlinkSync(join(home.project, 'deep'), join(home.path, 'link'));
  symlinkSync(join(home.path, 'outside'), join(home.project, 'link'));
  for (const folder of ['', 'deep'])
    writeFileSync(join(home.project, folder, 'servers.json'), JSON.stringify({ mcpServers: {} }));
  const args = ['--pass-env', 'MY_*', 'FAKE_CLAUDE', '--no-redact', '--mcp-config', 'servers.json'];
  const server = await startMcp('stdio', args, { home, env: SURROUNDINGS, fake: [...begin, { confess: true }] });
  return { home, client: await server.connect('modern') };
});

const SURROUNDINGS = {
  DATABASE_PASSWORD: 'correct-horse-battery',
  AWS_SECRET_ACCESS_KEY: 'aws-secret-of-somebody',
  LD_LIBRARY_PATH: '/nowhere',
  MY_ONE: '1',
  MY_TWO: '2',
  LC_ALL: 'C',
  CLAUDECODE: '1',
};

/** What the claude of that server saw that was started for this query; null where none was. */
async function confessed(request: Readonly<Record<string, unknown>> = {}): Promise<Confession | null> {
  const answer = await confessing().client.callTool({ name: 'claude_query', arguments: { prompt: 'hi', ...request } });
  if (answer.isError === true) return null;
  const { result } = bundleSchema.parse(answer.structuredContent);
  return result.success ? readConfession(result.summary) : null;
}

describe('a query', () => {
  it('gives claude what it needs of the environment, and nothing else', async () => {
    const seen = await confessed();
    expect(
      Object.keys(seen?.env ?? {})
        .filter((name) => name !== '_' && name !== 'PWD' && name !== 'SHLVL')
        .toSorted(),
    ).toEqual([
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_BASE_URL',
      'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC',
      'CLAUDE_CODE_TMPDIR',
      'DISABLE_TELEMETRY',
      'FAKE_CLAUDE',
      'HOME',
      'LC_ALL',
      'MY_ONE',
      'MY_TWO',
      'PATH',
      'SLUICE_RUN',
      'TMPDIR',
    ]);
  });

  it('masks secrets of variables that claude is not given', async () => {
    const env = { DATABASE_PASSWORD: 'correct-horse-battery' };
    const fake = [...begin, { say: 'it is correct-horse-battery' }, { result: {} }];
    const client = await (await startMcp('stdio', PASS, { fake, env })).connect('modern');
    const answer = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
    expect(JSON.stringify(answer)).not.toContain('correct-horse');
    expect(JSON.stringify(answer)).toContain('REDACTED');
    expect(JSON.stringify(answer)).not.toContain(API_KEY);
  });

  it('has the built-in tools of the operator and no others, no project settings, and no slash command', async () => {
    const { argv = [], heard = [] } = (await confessed({ prompt: '/clear' })) ?? {};
    expect(argv).toEqual(
      expect.arrayContaining([
        '--tools=Read,Glob,Grep',
        '--permission-mode=default',
        '--max-turns=50',
        '--setting-sources=user',
        '--strict-mcp-config',
      ]),
    );
    expect(argv.find((argument) => argument.startsWith('--settings='))).toMatch(/\/settings-0\.json$/);
    const said = heard.filter(({ type }) => type === 'user');
    expect(said).toMatchObject([{ message: { content: [{ text: '/clear' }, { text: '' }] } }]);
  });

  it('narrows what the operator allows', async () => {
    const { argv } = await whatClaudeSees(
      { allowedTools: ['Read', 'Bash(git log:*)'], disallowedTools: ['Grep'], permissionMode: 'plan', maxTurns: 2 },
      ['--allowed-tools', 'Read', 'Bash(git:*)', '--disallowed-tools', 'WebFetch'],
    );
    expect(argv).toEqual(
      expect.arrayContaining([
        '--tools=Read,Bash',
        '--allowed-tools=Bash(git log:*)',
        '--disallowed-tools=WebFetch,Grep',
        '--permission-mode=plan',
        '--max-turns=2',
      ]),
    );
  });

  it('says by flags what it may read, for a faster start, where everybody may list what these name', async () => {
    const home = freshPublicHome();
    const { argv } = await whatClaudeSees({ disallowedTools: ['Grep'] }, [], { home });
    expect(argv).toContainEqual(expect.stringMatching(/^--allowed-tools=Read\(\/\/[^,]*\/project\/\*\*\)$/));
    expect(argv).toContainEqual(expect.stringMatching(/^--disallowed-tools=Grep,Read\(\/\//));
    expect(argv.filter((argument) => argument.startsWith('--settings='))).toEqual([]);
  });

  it('works in the real folder of a link into a root', async () => {
    const { home } = confessing();
    const seen = await confessed({ cwd: join(home.path, 'link') });
    expect(seen?.cwd).toBe(realpathSync(join(home.project, 'deep')));
  });

  it('never works outside, while somebody puts a link in the place of its folder and back', async () => {
    const { home } = confessing();
    const swapper = spawn(process.execPath, [SWAPPER, home.project], { stdio: 'ignore' });
    atTestEnd(() => swapper.kill('SIGKILL'));
    const seen: string[] = [];
    for (let tries = 0; tries < 300 && seen.length < 5; tries++) {
      const one = await confessed({ cwd: join(home.project, 'work') });
      if (one !== null) seen.push(one.cwd);
    }
    expect(seen).toHaveLength(5);
    expect(seen.filter((cwd) => !cwd.startsWith(realpathSync(home.project)))).toEqual([]);
  });

  const refusing = shared(() => startMcp('stdio', PASS, { fake: [{ complain: 'I was started' }, { exit: 1 }] }));
  const refused = shared(() => refusing().connect('modern'));

  it.each([
    [{ cwd: '/' }, 'forbidden'],
    [{ cwd: '/nowhere' }, 'forbidden'],
    [{ permissionMode: 'bypassPermissions' }, 'forbidden'],
    [{ allowedTools: ['Bash'] }, 'forbidden'],
    [{ timeoutMs: 300_001 }, 'forbidden'],
    [{ maxTurns: 51 }, 'forbidden'],
    [{ cwd: '..' }, 'validation_error'],
    [{ prompt: ' ' }, 'validation_error'],
  ])('that asks for %j is refused as %s, and nothing is started', async (more, code) => {
    const answer = await refused().callTool({ name: 'claude_query', arguments: { prompt: 'hi', ...more } });
    expect(answer.isError).toBe(true);
    expect(JSON.stringify(answer)).toContain(code);
    expect(JSON.stringify(answer)).not.toContain('I was started');
  });
});

describe('a server', () => {
  it.each([
    [['--root', '/nowhere'], '--root: /nowhere cannot be used: '],
    [['--root', '/etc/passwd'], '--root: /etc/passwd is not a directory'],
    [['--root', '.', '--cwd', '/'], '--cwd: / is not in a folder of --root'],
    [['--permission-mode', 'acceptEdits'], '--permission-mode: acceptEdits is not among --allow-modes'],
    [['--allow-modes', 'plan'], '--allow-modes: default is not among them'],
    [['--allow-modes', 'default', 'yolo'], '--allow-modes: "yolo" is not one of acceptEdits, '],
    [['--dangerously-skip-permissions'], '--dangerously-skip-permissions: is not for servers, unless'],
    [['--allowed-tools', 'Bash(a(b))'], '--allowed-tools: Bash(a(b)): no tool'],
    [['--resume', 'abc'], '--resume: is not for servers: '],
    [['--continue'], '--continue: is not for servers: '],
    [['--session-id', '3f1f4d0e-5a55-4b6f-9d5c-1f6f0a9f2b11'], '--session-id: is not for servers: '],
    [['--add-dir', '/etc'], '--add-dir: is not for servers: '],
    [['-o', 'json'], '--output: is not for servers'],
    [['--record', 'x'], '--record: is not for servers'],
    [['--file', 'x'], '--file: is not for servers'],
    [['--max-memory', '1MiB', '--limits-by', 'prlimit'], '--max-memory: claude itself needs 1GiB'],
    [['--settings', '{"a":'], '--settings: '],
    [['--mcp-config', '/nowhere.json'], '--mcp-config: /nowhere.json does not exist'],
    [['--allowed-tools', 'Read(docs/**)'], '--allowed-tools: Read(docs/**): claude reads all of the folder'],
  ])('with %j does not start', async (args, words) => {
    const run = await sluiceHere(['mcp', ...args]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(words);
  });

  it('minds its fixed variables', async () => {
    const home = freshHome();
    mkdirSync(join(home.project, 'deep'));
    const env = {
      CLAUDE_CODE_DEFAULT_CWD: join(home.project, 'deep'),
      CLAUDE_CODE_DEFAULT_PERMISSION_MODE: 'plan',
      CLAUDE_CODE_ALLOWED_TOOLS: 'read, bash(git log:*)',
      CLAUDE_CODE_MAX_EXECUTION_TIME: '1000',
    };
    const { cwd, argv } = await whatClaudeSees({ timeoutMs: 60_000 }, [], {
      home,
      env: { ...env, CLAUDE_CODE_MAX_EXECUTION_TIME: '60000' },
    });
    expect(cwd).toBe(realpathSync(join(home.project, 'deep')));
    expect(argv).toEqual(expect.arrayContaining(['--permission-mode=plan', '--tools=Read,Bash']));
    const client = await (await startMcp('stdio', PASS, { fake: [...begin, ...succeed], env })).connect('modern');
    const answer = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi', timeoutMs: 1001 } });
    expect(JSON.stringify(answer)).toContain('over the limit of 1000');
  });

  it('reads its own files from where it was started, not from the folder of a query', async () => {
    const { home } = confessing();
    const seen = await confessed({ cwd: join(home.project, 'deep') });
    expect(seen?.argv).toContain(`--mcp-config=${join(home.project, 'servers.json')}`);
  });
});

/** What the fake claude needs in an environment that is empty by default. */
const PASS = ['--pass-env', 'FAKE_CLAUDE'];

/** What a claude saw that was started for this query. */
async function whatClaudeSees(
  request: Readonly<Record<string, unknown>>,
  args: readonly string[] = [],
  invocation: Invocation = {},
): Promise<Confession> {
  const fake = [...begin, { confess: true } as const];
  const client = await (
    await startMcp('stdio', [...PASS, '--no-redact', ...args], { fake, ...invocation })
  ).connect('modern');
  const { structuredContent } = await client.callTool({
    name: 'claude_query',
    arguments: { prompt: 'hi', ...request },
  });
  return readConfession(bundleSchema.parse(structuredContent).result.summary);
}
