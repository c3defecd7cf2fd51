import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Prompt } from '../../../../src/request/prompt.ts';
import type { RunRequest } from '../../../../src/request/run-request.ts';
import { cacheKey } from '../../../../src/run/cache/cache-key.ts';
import type { Host } from '../../../../src/run/host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let home = '';

beforeEach(() => {
  home = temporaryFolder({ claude: '#!', 'project/.git/HEAD': 'ref: refs/heads/main' });
  chmodSync(join(home, 'claude'), 0o755);
});

interface Asked {
  readonly request?: RunRequest;
  readonly env?: Host['env'];
  readonly host?: Host;
  readonly prompt?: Prompt;
}

function keyOf({ request = {}, env = {}, host = {}, prompt = { text: 'Why?' } }: Asked = {}): string | null {
  const place = { cwd: join(home, 'project'), claudePath: join(home, 'claude') };
  return cacheKey({ ...place, ...request }, { env: { HOME: home, PATH: '', ...env }, ...host }, prompt);
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), text);
}

describe('the key of an answer', () => {
  it('is the same for what asks the same, however long it may take and whatever is shown of it', () => {
    const key = keyOf();
    expect(key).toMatch(/^sha256:[\da-f]{64}$/);
    expect(keyOf({ request: { timeout: 1000, maxMessages: 3, full: true, prompt: 'as the host has it' } })).toBe(key);
    expect(keyOf({ env: { TERM: 'dumb', SHLVL: '3', TRACEPARENT: '00', CLAUDE_CODE_SESSION_ID: 'x' } })).toBe(key);
    expect(keyOf({ prompt: { text: 'Why?', warnings: ['nothing was piped in'] } })).toBe(key);
  });

  it.each<[string, Asked]>([
    ['a prompt', { prompt: { text: 'How?' } }],
    ['an attachment', { prompt: { text: 'Why?', attachments: [{ name: 'log', text: 'down' }] } }],
    ['a model', { request: { model: 'opus' } }],
    ['tools', { request: { tools: [] } }],
    ['a system prompt', { request: { appendSystemPrompt: 'Be brief.' } }],
    ['a schema', { request: { jsonSchema: { type: 'object' } } }],
    ['MCP servers', { request: { mcpConfig: { mcpServers: {} } } }],
    ['a budget of the input', { request: { inputBudget: 100 } }],
    ['what is passed on', { request: { passThrough: ['--brand-new'] } }],
    ['the address of the API', { env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' } }],
    ['the model of the environment', { env: { ANTHROPIC_MODEL: 'opus' } }],
    ['a secret to be masked', { env: { DEPLOY_TOKEN: 'f00-f00-f00' } }],
    ['a pattern of secrets', { host: { redactor: { patterns: [{ kind: 'mine', pattern: 'x+' }] } } }],
    ['somebody to ask', { host: { canUseTool: () => ({ behavior: 'deny', message: 'no' }) } }],
  ])('is another one for %s', (_, asked) => {
    expect(keyOf(asked)).toMatch(/^sha256:/);
    expect(keyOf(asked)).not.toBe(keyOf());
  });

  it.each([
    'claude',
    'project/CLAUDE.md',
    'CLAUDE.md',
    '.claude/CLAUDE.md',
    '.claude/settings.json',
    'project/.claude/settings.local.json',
    'project/.claude/skills/one/SKILL.md',
    'project/.mcp.json',
    'project/.git/HEAD',
  ])('is another one when %s has changed', (name) => {
    const before = keyOf();
    write(name, `{ "changed": ${JSON.stringify(name)} }`);
    expect(keyOf()).not.toBe(before);
  });

  it('knows the files that a request and an instruction name by what is in them', () => {
    const asked: readonly Asked[] = [
      { request: { mcpConfig: join(home, 'named') } },
      { request: { systemPromptFile: join(home, 'named') } },
      { request: { passThrough: [`--brand-new=${join(home, 'named')}`] } },
      { prompt: { text: `read @${join(home, 'named')}, please` } },
      { prompt: { text: 'read @"../named"' } },
      { prompt: { text: '@~/named#L1-3' } },
      { prompt: { text: 'all of @..' } },
    ];
    write('named', '{}');
    const before = asked.map(keyOf);
    write('named', '{ }');
    for (const [index, key] of asked.map(keyOf).entries()) expect(key).not.toBe(before[index]);
  });

  it('knows the variables that configurations fill in', () => {
    const key = keyOf({ env: { SHARD: '1' } });
    expect(keyOf({ env: { SHARD: '2' } })).toBe(key);
    write('project/.mcp.json', '{ "mcpServers": { "one": { "command": "serve", "args": ["${SHARD:-0}"] } } }');
    expect(keyOf({ env: { SHARD: '2' } })).not.toBe(keyOf({ env: { SHARD: '1' } }));
  });

  it('is none for a run that has no claude', () => {
    expect(keyOf({ request: { claudePath: '/nowhere' } })).toBeNull();
  });
});
