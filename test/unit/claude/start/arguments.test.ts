import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claudeArguments } from '../../../../src/claude/start/arguments.ts';
import { ALL_RUN_OPTIONS, type ClaudeOptions } from '../../../../src/request/run-options.ts';
import { flagOf } from '../../../../src/request/flag.ts';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';

const PROTOCOL = ['-p', '--output-format=stream-json', '--input-format=stream-json', '--verbose'];

/** The arguments after those that are always there. */
function argumentsFor(options: ClaudeOptions, passThrough: readonly string[] = []): string[] {
  const folder = createPrivateFolder();
  onTestFinished(() => void folder.remove());
  const args = claudeArguments(options, passThrough, folder);
  expect(args.slice(0, PROTOCOL.length)).toEqual(PROTOCOL);
  return args.slice(PROTOCOL.length);
}

/** The file that a flag points to. */
const fileOf = (argument: string | undefined): string => argument?.slice(argument.indexOf('=') + 1) ?? '';

describe('claudeArguments', () => {
  it('asks for nothing that was not asked for', () => {
    expect(argumentsFor({})).toEqual([]);
  });

  it.each<[ClaudeOptions, string[]]>([
    [{ model: 'opus' }, ['--model=opus']],
    [{ maxTurns: 3 }, ['--max-turns=3']],
    [{ permissionMode: 'manual' }, ['--permission-mode=default']],
    [{ maxBudgetUsd: 0.5 }, ['--max-budget-usd=0.5']],
    [
      { appendSystemPrompt: '--dangerously-skip-permissions' },
      ['--append-system-prompt=--dangerously-skip-permissions'],
    ],
    [{ systemPrompt: '' }, ['--system-prompt=']],
    [{ systemPrompt: 'a=b\nc "d"' }, ['--system-prompt=a=b\nc "d"']],
    [{ name: '-x' }, ['--name=-x']],
    [{ settingSources: '' }, ['--setting-sources=']],
    [{ allowedTools: ['Bash(git log:*)', 'Read'] }, ['--allowed-tools=Bash(git log:*),Read']],
    [{ disallowedTools: ['Bash'] }, ['--disallowed-tools=Bash']],
    [{ tools: [''] }, ['--tools=']],
    [{ tools: [] }, ['--tools=']],
    [{ addDir: ['/a', '/b, c'] }, ['--add-dir=/a', '--add-dir=/b, c']],
    [{ pluginDir: ['/a', '/b'] }, ['--plugin-dir=/a', '--plugin-dir=/b']],
    [{ betas: ['x', 'y'] }, ['--betas=x', '--betas=y']],
    [{ continue: true, forkSession: false }, ['--continue']],
    [{ strictMcpConfig: true }, ['--strict-mcp-config']],
    [{ debug: true }, ['--debug']],
    [{ debug: 'api' }, ['--debug=api']],
    [{ debug: false }, []],
    [{ worktree: '-x' }, ['--worktree=-x']],
  ])('writes %j so that nothing can be swallowed', (options, expected) => {
    expect(argumentsFor(options)).toEqual(expected);
  });

  it('gives every value joined to its flag, whatever it begins with', () => {
    for (const field of ALL_RUN_OPTIONS.filter(({ claude }) => claude === 'value')) {
      expect(argumentsFor({ [field.name]: '--evil' })).toEqual([`${flagOf(field)}=--evil`]);
    }
  });

  it('puts what is passed through last, as it is', () => {
    const passThrough = ['--model', 'x y', '--', '-p'];
    expect(argumentsFor({ model: 'opus', bare: true }, passThrough)).toEqual([
      '--model=opus',
      '--bare',
      ...passThrough,
    ]);
  });

  it.each([
    ['an object', { mcpServers: { a: { env: { TOKEN: 'hidden' } } } }],
    ['JSON text', '{"mcpServers":{"a":{"env":{"TOKEN":"hidden"}}}}'],
    ['JSON text after blanks', ' \n{"mcpServers":{"a":{"env":{"TOKEN":"hidden"}}}}'],
  ])('gives %s in a file that this user alone can read', (_, config) => {
    const [argument, ...others] = argumentsFor({ mcpConfig: config });
    expect(others).toEqual([]);
    expect(argument).toMatch(/^--mcp-config=\/.*\.json$/);
    expect(argument).not.toContain('hidden');
    expect(JSON.parse(readFileSync(fileOf(argument), 'utf8'))).toEqual({
      mcpServers: { a: { env: { TOKEN: 'hidden' } } },
    });
    expect(statSync(fileOf(argument)).mode & 0o777).toBe(0o600);
  });

  it('gives the path of a file as it is, and several of both kinds in order', () => {
    const args = argumentsFor({ mcpConfig: ['./mcp.json', '{"a":1}', { b: 2 }], settings: '/s.json' });
    expect(args).toHaveLength(4);
    expect(args[0]).toBe('--mcp-config=./mcp.json');
    expect([args[1], args[2]].map((arg) => readFileSync(fileOf(arg), 'utf8'))).toEqual(['{"a":1}', '{"b":2}']);
    expect(args[3]).toBe('--settings=/s.json');
  });

  it('never shows agents: they go over stdin', () => {
    expect(argumentsFor({ agents: { spy: { prompt: 'hidden' } } })).toEqual([]);
    expect(argumentsFor({ agents: '{"spy":{}}' })).toEqual([]);
  });
});
