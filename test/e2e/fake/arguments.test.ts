import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whatClaudeSees } from '../../support/confession.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

/** How sluice always talks to claude. */
const PROTOCOL = ['-p', '--output-format=stream-json', '--input-format=stream-json', '--verbose'];

describe("claude's command line", () => {
  it('holds the protocol and nothing of the prompt', async () => {
    const { argv } = await whatClaudeSees(['my secret question']);
    expect(argv).toEqual(PROTOCOL);
  });

  it.each([
    [['--model', 'opus', 'hi'], ['--model=opus']],
    [
      ['--allowed-tools', 'Bash(git log:*)', 'Read', '--max-turns', '3', 'hi'],
      ['--max-turns=3', '--allowed-tools=Bash(git log:*),Read'],
    ],
    [
      ['--allowedTools', 'Bash', '--model=sonnet', 'hi'],
      ['--model=sonnet', '--allowed-tools=Bash'],
    ],
    [['--allowedTools=Bash', '--allowedTools=Read', 'hi'], ['--allowed-tools=Bash,Read']],
    [['--system-prompt', '--be brief', 'hi'], ['--system-prompt=--be brief']],
    [
      ['--tools', '', '--model', 'opus', 'hi'],
      ['--model=opus', '--tools='],
    ],
    [['-c', 'hi'], ['--continue']],
    [
      ['-r', 'abc', '--fork-session', 'hi'],
      ['--resume=abc', '--fork-session'],
    ],
    [['hi', '--debug'], ['--debug']],
    [
      ['--debug', 'api', '--', '--brand-new=1', 'value', '-x'],
      ['--debug=api', '--brand-new=1', 'value', '-x'],
    ],
  ])('of %j is the protocol and %j', async (typed, expected) => {
    const { argv } = await whatClaudeSees(typed, { input: 'hi' });
    expect(argv).toEqual([...PROTOCOL, ...expected]);
  });

  it.each([
    [['-p', 'hi', '--output-format', 'text'], []],
    [['-p', '--output-format', 'text', '--verbose', 'hi'], []],
    [['--print', '--output-format=text', '--max-turns=3', 'hi'], ['--max-turns=3']],
    [['-p', 'hi', '--input-format', 'text', '--output-format', 'text'], []],
    [
      ['-p', 'hi', '--output-format', 'text', '--allowedTools', 'Bash', '--max-turns', '3', '--verbose'],
      ['--max-turns=3', '--allowed-tools=Bash'],
    ],
    [['-p', '--settings', 'settings.json', 'hi'], ['--settings=HERE/settings.json']],
    [
      ['-p', '--plugin-dir', 'one', '--plugin-dir', 'two', 'hi'],
      ['--plugin-dir=HERE/one', '--plugin-dir=HERE/two'],
    ],
    [
      ['-p', '--add-dir', '.', '..', '--verbose', 'hi'],
      ['--add-dir=HERE', '--add-dir=ABOVE'],
    ],
    [
      ['-p', '--mcp-config', 'one.json', 'two.json', '--strict-mcp-config', 'hi'],
      ['--mcp-config=HERE/one.json', '--mcp-config=HERE/two.json', '--strict-mcp-config'],
    ],
    [
      ['-p', '--permission-mode', 'plan', '-n', 'job 7', 'hi'],
      ['--permission-mode=plan', '--name=job 7'],
    ],
    [['-p', '--dangerously-skip-permissions', 'hi'], ['--dangerously-skip-permissions']],
  ])('of "claude %j" is the same with sluice', async (typed, expected) => {
    const { argv, heard, cwd } = await whatClaudeSees(typed);
    const placed = expected.map((argument) => argument.replace('HERE', cwd).replace('ABOVE', dirname(cwd)));
    expect(argv).toEqual([...PROTOCOL, ...placed]);
    expect(heard[0]).toMatchObject({ type: 'user', message: { content: [{ type: 'text', text: 'hi' }] } });
  });

  it('takes -p and --output-format over from claude', async () => {
    const run = await sluiceHere(
      ['-p', 'hi', '--output-format', 'json', '--allowedTools', 'Bash', '--max-turns', '3', '--verbose'],
      {
        fake: [{ prompt: true }, { init: {} }, { result: {} }],
      },
    );
    expect(run.bundle().result).toEqual({ success: true, summary: 'done' });
  });

  it.each([
    ['--mcp-config', { mcpServers: { a: { command: 'a', env: { TOKEN: 'hunter2-hunter2' } } } }],
    ['--settings', { env: { TOKEN: 'hunter2-hunter2' } }],
  ])('names a private file in place of the JSON of %s', async (flag, value) => {
    const json = JSON.stringify(value);
    const { argv, env } = await whatClaudeSees([`${flag}=${json}`, 'hi']);
    expect(argv.join(' ')).not.toContain('hunter2');
    const file = argv.find((argument) => argument.startsWith(flag))?.split('=')[1] ?? '';
    expect(file.startsWith(env['CLAUDE_CODE_TMPDIR'] ?? 'nowhere')).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it('has that file readable by its owner alone, with the JSON in it, while claude runs', async () => {
    const home = freshHome();
    const peek = join(home.path, 'peek');
    writeFileSync(
      peek,
      `#!/bin/sh\nfor a; do case $a in --settings=*) f=\${a#*=}; cp -p "$f" '${home.project}/seen';; esac; done\n`,
      { mode: 0o755 },
    );
    await sluiceHere(['--settings={"env":{"A":"b"}}', 'hi'], { home, claude: peek });
    expect(readFileSync(join(home.project, 'seen'), 'utf8')).toBe('{"env":{"A":"b"}}');
    expect(statSync(join(home.project, 'seen')).mode & 0o777).toBe(0o600);
  });

  it('does not hold --agents, which go over stdin before the prompt', async () => {
    const agents = { reviewer: { description: 'Reviews', prompt: 'You review.' } };
    const { argv, heard } = await whatClaudeSees(['--agents', JSON.stringify(agents), 'hi']);
    expect(argv).toEqual(PROTOCOL);
    expect(heard).toMatchObject([
      { type: 'control_request', request: { subtype: 'initialize', agents } },
      { type: 'user' },
    ]);
  });
});

describe("claude's surroundings", () => {
  it('are the environment of sluice, less what an outer claude left there', async () => {
    const nested = { CLAUDECODE: '1', CLAUDE_CODE_ENTRYPOINT: 'cli', CLAUDE_CODE_SSE_PORT: '1234' };
    const own = {
      CLAUDE_CODE_USE_BEDROCK: '1',
      AWS_PROFILE: 'work',
      CLAUDE_CODE_OAUTH_TOKEN: 'token',
      FAVOURITE: 'tea',
    };
    const { env } = await whatClaudeSees(['hi'], { env: { ...nested, ...own } });
    expect(env).toMatchObject(own);
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(Object.keys(nested)));
    for (const name of Object.keys(nested)) expect(env).not.toHaveProperty(name);
  });

  it('hold a private folder for temporary files, and --retries', async () => {
    const { env } = await whatClaudeSees(['--retries', '2', 'hi']);
    expect(env['CLAUDE_CODE_MAX_RETRIES']).toBe('2');
    expect(env['CLAUDE_CODE_TMPDIR']).toBeTruthy();
    expect(existsSync(env['CLAUDE_CODE_TMPDIR'] ?? '')).toBe(false);
    expect((await whatClaudeSees(['hi'])).env).not.toHaveProperty('CLAUDE_CODE_MAX_RETRIES');
  });

  it.each([
    ['--cwd', ['--cwd', 'elsewhere'], {}],
    ['CLAUDE_CODE_DEFAULT_CWD', [], { CLAUDE_CODE_DEFAULT_CWD: 'elsewhere' }],
  ])('are the folder that %s names', async (_, args, env) => {
    const home = freshHome();
    mkdirSync(join(home.project, 'elsewhere'));
    expect((await whatClaudeSees([...args, 'hi'], { home, env })).cwd).toBe(join(home.project, 'elsewhere'));
  });
});
