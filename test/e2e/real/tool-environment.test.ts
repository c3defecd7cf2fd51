import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const SECRETS = {
  GITHUB_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwx12',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYplanted00',
  NPM_TOKEN: 'short',
  ODDLY_NAMED: 'glpat-aB3dE5fG7hJ9kL1mN3pQ',
  DECLARED: 'plain words',
};
const OTHERS = { LANG: 'C.UTF-8', CI: 'true', GITHUB_SHA: '9c2f6a8b1d3e5f70819a2b3c4d5e6f708192a3b4' };

/** Writes down the environment that it has, and that of what started it. */
function probe(home: Home, name: string): string {
  return `{ env; tr '\\0' '\\n' < /proc/$PPID/environ; [ -p /proc/$PPID/fd/3 ] && head -c 99 /proc/$PPID/fd/3; } > ${join(home.path, name)} 2>/dev/null; true`;
}

/** A home whose hooks and whose MCP server, too, write it down. */
function watchedHome(): Home {
  const home = freshHome();
  const hook = (name: string) => ({ type: 'command', command: probe(home, name) });
  const exec = { type: 'command', command: 'sh', args: ['-c', probe(home, 'exec-hook')] };
  mkdirSync(join(home.path, '.claude'), { recursive: true });
  writeFileSync(
    join(home.path, '.claude', 'settings.json'),
    JSON.stringify({
      hooks: {
        SessionStart: [{ hooks: [hook('start-hook')] }],
        PreToolUse: [{ matcher: 'Bash', hooks: [hook('hook'), exec] }],
      },
    }),
  );
  const server = { command: 'sh', args: ['-c', probe(home, 'server')] };
  writeFileSync(join(home.project, 'mcp.json'), JSON.stringify({ mcpServers: { probe: server } }));
  return home;
}

const ALL = ['start-hook', 'server', 'hook', 'exec-hook', 'command', 'background', 'subagent'];

/** What is started with this environment, in every way that claude starts something. */
async function seenBy(env: Readonly<Record<string, string | undefined>>, ...more: readonly string[]) {
  const home = watchedHome();
  const command = (name: string, others = {}) =>
    toolUse('Bash', { command: probe(home, name), description: `Probe ${name}`, ...others });
  const agent = { description: 'Probe', prompt: 'as a subagent', subagent_type: 'general-purpose' };
  const caller = inTurn(
    [command('command')],
    [command('background', { run_in_background: true })],
    [toolUse('Agent', { ...agent, run_in_background: false })],
    [text('Done.')],
  );
  const itself = inTurn([command('subagent')], [text('Probed.')]);
  const api = await stub((asked) => (asked.prompt.startsWith(agent.prompt) ? itself(asked) : caller(asked)));
  const args = ['--json', '--allowed-tools=Bash', '--mcp-config', 'mcp.json', '--wait-background', '20s', ...more];
  const run = await sluice([...args, 'look around'], { api, home, env: { ...SECRETS, ...OTHERS, ...env } });
  return { run, seen: Object.fromEntries(ALL.map((name) => [name, readFileSync(join(home.path, name), 'utf8')])) };
}

it('nothing that claude starts has a secret, nor finds the key where claude has it', async () => {
  const { run, seen } = await seenBy({}, '--scrub-tool-env', '--secret-env', 'DECLARED');
  expect(run.bundle().result).toMatchObject({ success: true, summary: 'Done.' });
  const names = ['ANTHROPIC_API_KEY', ...Object.keys(SECRETS)].toSorted();
  expect(run.bundle().claude.withheld?.toSorted()).toEqual(names);
  for (const environment of Object.values(seen)) {
    for (const [name, value] of Object.entries(OTHERS)) expect(environment).toContain(`${name}=${value}\n`);
    for (const name of ['PATH', 'HOME']) expect(environment).toContain(`${name}=/`);
    for (const name of names) expect(environment).not.toContain(`${name}=`);
    for (const secret of [API_KEY, ...Object.values(SECRETS)]) expect(environment).not.toContain(secret);
  }
});

it('what claude needs for itself is kept from what it starts by a shell, and that it is no better is told', async () => {
  const token = 'gateway-token-0123456789';
  const env = { ANTHROPIC_API_KEY: undefined, ANTHROPIC_AUTH_TOKEN: token };
  const { run, seen } = await seenBy(env, '--scrub-tool-env');
  expect(run.bundle().result).toMatchObject({ success: true, summary: 'Done.' });
  expect(run.bundle().outcome.warnings.join('\n')).toMatch(/claude needs ANTHROPIC_AUTH_TOKEN in its own environment/);
  const own = (name: string): number => (seen[name] ?? '').split(`=${token}`).length - 1;
  // One is that of claude, which each of them has looked for.
  expect(ALL.map((name) => [name, own(name)])).toEqual(ALL.map((name) => [name, name === 'exec-hook' ? 2 : 1]));
  for (const environment of Object.values(seen)) expect(environment).not.toContain(SECRETS.GITHUB_TOKEN);
});
