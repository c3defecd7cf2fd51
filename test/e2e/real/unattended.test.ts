import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { apiError, inTurn, type Script, text, toolUse, turn } from '../../../src/demo/script.ts';
import { hanging, plain, subagentBehind } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const SERVER = fileURLToPath(new URL('../../fixtures/mcp-server.js', import.meta.url));
const late = { command: 'sh', args: ['-c', 'sleep 1; exec "$0" "$1"', process.execPath, SERVER] };
const servers = (mcpServers: object): string => JSON.stringify({ mcpServers });

describe('a subagent in the background', () => {
  it('is waited for, and what it brings back is the answer; so is an MCP server that is not to be done without while it starts', async () => {
    const rest: Script = (conversation) => subagentBehind({ ...conversation, turns: conversation.turns - 1 });
    const caller = inTurn([toolUse('mcp__db__recall', {})], rest);
    const script: Script = (conversation) =>
      (conversation.prompt.startsWith('Run echo') ? subagentBehind : caller)(conversation);
    const flags = ['--mcp-config', servers({ db: late }), '--allowed-tools=mcp__db,Bash', '--require-mcp', 'all'];
    const run = await sluice([...flags, '--json', 'hi'], { api: await stub(script) });
    expect(run.bundle()).toMatchObject({
      outcome: { class: 'success', warnings: [] },
      result: { summary: 'It came back with "from below".' },
      tools: expect.arrayContaining([{ name: 'mcp__db__recall', calls: 1, errors: 0 }]),
    });
  });

  it('is cut short where nobody waits, and that is told', async () => {
    const stuck: Script = (conversation) =>
      (conversation.prompt.startsWith('Run echo') ? hanging : subagentBehind)(conversation);
    const api = await stub(stuck);
    const run = await sluice(['--json', '--wait-background=0', '--fail-on=incomplete', 'hi'], { api });
    expect(run.exitCode).toBe(7);
    expect(run.bundle()).toMatchObject({
      outcome: { class: 'incomplete', message: expect.stringMatching(/^1 background task cut short \(Run echo\)/) },
      result: { summary: 'It is on its way.' },
    });
  });
});

describe('an MCP server that is not to be done without', () => {
  it('ends the run before it costs anything when it did not start', async () => {
    const api = await stub(plain);
    const flags = ['--mcp-config', servers({ db: { command: 'false' } }), '--require-mcp=db', '--json'];
    const run = await sluice([...flags, 'hi'], { api });
    expect(run.exitCode).toBe(7);
    const message = expect.stringContaining('--require-mcp: MCP server db did not start');
    expect(run.bundle().outcome).toMatchObject({ class: 'incomplete', message });
    expect(api.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('a limit that resets', () => {
  it('is waited for, and what was done is gone on with', async () => {
    const once = toolUse('Bash', { command: 'echo x >> tool-runs', description: 'Count' });
    const limit = apiError(429, 'Slow down.', { 'retry-after': '3' });
    let limited = true;
    const end: Script = () => {
      if (!limited) return turn([text('Worked in the end.')]);
      limited = false;
      return limit;
    };
    const api = await stub(inTurn([once], end));
    const flags = ['--json', '--allowed-tools=Bash', '--retry-max-wait=1s', '--wait-for-reset=1m'];
    const run = await sluice([...flags, 'hi'], { api });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'Worked in the end.' },
      tools: [{ name: 'Bash', calls: 1, errors: 0 }],
    });
    expect(run.bundle().attempts.at(-1)).toMatchObject({ by: 'sluice', error: 'limit_reset' });
    expect(run.file('tool-runs')).toBe('x\n');
    expect(run.stderr).toMatch(/a limit was reached; the run goes on with its session/);
  });
});
