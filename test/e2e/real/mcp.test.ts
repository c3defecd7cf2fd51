import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { whatClaudeSees } from '../../support/confession.ts';
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
    // On a busy machine it is slow to come, and a tool that is not there is not called.
    const flags = ['--mcp-config', config, '--require-mcp', 'memory', '--allowed-tools', 'mcp__memory', '--verbose'];
    const run = await sluice([...flags, '--record', 'r.ndjson', '--json', 'hi'], { api: await stub(recall), env });
    expect(run.exitCode).toBe(0);
    const { result, tools } = run.bundle();
    expect(result.summary).toMatch(/^It said: the tune \(.+\)$/);
    expect(tools).toEqual([{ name: 'mcp__memory__recall', calls: 1, errors: 0 }]);
    expect(run.stdout + run.stderr + run.file('r.ndjson')).not.toContain(TOKEN);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('given as a file is given to claude, and no file of ours is left beside it', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'mcp.json'), config);
    const { argv } = await whatClaudeSees(['--mcp-config', 'mcp.json', '--strict-mcp-config', 'hi'], { home });
    expect(argv.join('\n')).toMatch(/^--mcp-config=.*mcp\.json$/m);
    expect(readdirSync(home.project)).toEqual(['mcp.json']);
  });

  it.runIf(!since('2.1.0'))(
    'that cannot be started is a warning on a success, of which old versions know no reason',
    async () => {
      const servers = JSON.stringify({ mcpServers: { memory: { command: '/nowhere/server' } } });
      const run = await sluice([`--mcp-config=${servers}`, 'hi'], { api: await stub(plain), env });
      expect(run).toMatchObject({ exitCode: 0, stdout: 'Hello from the stub.\n' });
      expect(run.stderr).toMatch(/^sluice: warning: MCP server memory not started$/m);
    },
  );

  it.runIf(since('2.1.0'))(
    'that cannot be started, hangs, or is passed over by claude is a warning on a success, with the reason',
    async () => {
      const servers = {
        gone: { command: '/nowhere/server' },
        slow: { command: 'sh', args: ['-c', 'cat > /dev/null'] },
        remote: { url: 'http://127.0.0.1:9/' },
        odd: { type: 'pigeon' },
        memory: { command: process.execPath, args: [SERVER] },
      };
      const twice = JSON.stringify({ mcpServers: servers }).replace(/}}$/, ',"memory":{"command":"false"}}}');
      const home = freshHome();
      writeFileSync(
        join(home.project, '.mcp.json'),
        JSON.stringify({ mcpServers: { near: { url: 'http://127.0.0.1:9/' } } }),
      );
      const run = await sluice([`--mcp-config=${twice}`, '--json', 'hi'], {
        home,
        api: await stub(plain),
        env: { ...env, MCP_TIMEOUT: '2000' },
      });
      expect(run.exitCode).toBe(0);
      expect(run.bundle().outcome.warnings).toEqual([
        // The program is named, or how it is started.
        expect.stringMatching(/^MCP server gone not started: ENOENT: .*posix_spawn/),
        expect.stringMatching(/^MCP server slow (?:was still starting; |not started: )/),
        expect.stringMatching(/^MCP server memory not started: .*Connection closed$/),
        expect.stringMatching(/^MCP server remote of --mcp-config was ignored: .*"type": "http"/),
        expect.stringMatching(/^MCP server odd of --mcp-config was ignored: .*pigeon/),
        expect.stringMatching(/^MCP server near of \.mcp\.json was ignored: .*"type": "http"/),
        'MCP server memory is in --mcp-config more than once; the last one counts',
      ]);
      // How servers are set up is asked of claude, and goes no further.
      expect(run.stdout).not.toContain(SERVER);
    },
  );

  it.runIf(since('2.1.0'))('that comes late has not failed', async () => {
    const late = { command: 'sh', args: ['-c', `sleep 2; exec "${process.execPath}" "${SERVER}"`] };
    const call = { command: 'sleep 4; true', description: 'Wait' };
    const run = await sluice(
      [`--mcp-config=${JSON.stringify({ mcpServers: { late } })}`, '--allowed-tools=Bash', '--json', 'hi'],
      { api: await stub(inTurn([toolUse('Bash', call)], [text('Waited.')])), env },
    );
    expect(run.bundle()).toMatchObject({ result: { success: true }, outcome: { warnings: [] } });
  });

  it('whose configuration claude rejects ends the run in one line', async () => {
    const run = await sluice(['--mcp-config={"mcpServers":7}', 'hi'], { api: await stub(plain) });
    // Old versions crash over it.
    expect(run).toMatchObject({ exitCode: since('2.1.0') ? 2 : 6, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: .*invalid MCP.*\n$/i);
  });
});
