import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';
import { mcpCall, plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const SERVER = fileURLToPath(new URL('../../fixtures/mcp-server.js', import.meta.url));
const TOKEN = 'ghp_0123456789abcdefghijklmnopqrstuvwx12';

const config = JSON.stringify({
  mcpServers: { memory: { command: process.execPath, args: [SERVER], env: { TOKEN } } },
});
/** Newer versions may hide tools behind a search. */
const env = { ENABLE_TOOL_SEARCH: 'false' };
const recall = mcpCall('mcp__memory__recall', { words: 'the tune' });

describe('an MCP server', () => {
  it('given as JSON is used, and the secret in its configuration is nowhere', async () => {
    const run = await sluice(
      ['--mcp-config', config, '--allowed-tools', 'mcp__memory', '--record', 'r.ndjson', '--json', '--verbose', 'hi'],
      { api: await stub(recall), env },
    );
    expect(run.exitCode).toBe(0);
    const { result, tools } = run.bundle();
    expect(result.summary).toMatch(/^It said: the tune \(.+\)$/);
    expect(tools).toEqual([{ name: 'mcp__memory__recall', calls: 1, errors: 0 }]);
    expect(run.stdout + run.stderr + run.file('r.ndjson')).not.toContain(TOKEN);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('given as a file is used', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'mcp.json'), config);
    const args = ['--mcp-config', 'mcp.json', '--strict-mcp-config', '--allowed-tools=mcp__memory', '--json', 'hi'];
    const run = await sluice(args, { home, env, api: await stub(recall) });
    expect(run.bundle().result.summary).toMatch(/^It said: the tune/);
    expect(readdirSync(home.project)).toEqual(['mcp.json']);
  });

  it('that cannot be started is a warning on a success', async () => {
    const broken = JSON.stringify({ mcpServers: { memory: { command: '/nowhere/server' } } });
    const run = await sluice([`--mcp-config=${broken}`, 'hi'], { api: await stub(plain), env });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'Hello from the stub.\n' });
    expect(run.stderr).toBe('sluice: warning: MCP server not started: memory\n');
  });

  it('whose configuration claude rejects ends the run in one line', async () => {
    const run = await sluice(['--mcp-config={"mcpServers":7}', 'hi'], { api: await stub(plain) });
    // Old versions crash over it.
    expect(run).toMatchObject({ exitCode: since('2.1.0') ? 2 : 6, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: .*invalid MCP.*\n$/i);
  });
});
