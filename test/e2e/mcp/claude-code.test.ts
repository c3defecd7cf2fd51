import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { ToolResult } from '../../../src/demo/conversation.ts';
import type { MessagesApi } from '../../../src/demo/messages-api.ts';
import { inTurn, type Script, text, toolUse } from '../../../src/demo/script.ts';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import { CLAUDE } from '../../support/claude.ts';
import { begin, FAKE_CLAUDE, type Step, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { startMcp } from '../../support/mcp.ts';
import { processesOf, survivorsOf } from '../../support/processes.ts';
import { plain } from '../../support/scenarios.ts';
import { type Invocation, quote, type Running, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';
import { userPath } from '../../support/user-path.ts';

const BIN = fileURLToPath(new URL('../../../bin/sluice.js', import.meta.url));
const [TOOL, TOOL_OVER_HTTP] = ['mcp__sluice__claude_query', 'mcp__remote__claude_query'];
const PROMPT = 'Say hello to the outer one.';

const good: readonly Step[] = [...begin, ...succeed];
const failed: readonly Step[] = [...begin, { result: { is_error: true, result: 'it has had enough' } }, { exit: 1 }];
/** Works until it is told to stop. */
const hanging: readonly Step[] = [...begin, { say: 'at work' }, { work: true }];

describe('the real Claude Code as the client', () => {
  it('gets bundles over stdio, from another Claude Code, and over HTTP, is told in words why a query failed, and is asked about a call of a tool, in the revision that it speaks: it closes the question where nobody is there', async () => {
    const home = freshHome();
    const wire = join(home.path, 'wire.ndjson');
    const making = inTurn([toolUse('Bash', { command: 'touch made', description: 'make it' })], [text('Over.')]);
    const api = await stub(asking([TOOL, TOOL_OVER_HTTP, TOOL_OVER_HTTP], making));
    const { url } = await startMcp('http', [], { fake: [good, failed].map((steps) => [...steps]) });
    const server = `tee ${quote(wire)} | ${quote(process.execPath)} ${quote(BIN)} mcp --ask-tools Bash`;
    const servers = {
      sluice: { command: 'sh', args: ['-c', server], env: { SLUICE_CLAUDE_PATH: CLAUDE } },
      remote: { type: 'http', url: url.href },
    };
    expect(await outer(JSON.stringify({ mcpServers: servers }), { api, home }).finished).toMatchObject({ exitCode: 0 });

    const [overPipes, overHttp, failure] = resultsIn(api);
    for (const [result, summary] of [
      [overPipes, 'Over.'],
      [overHttp, 'done'],
    ] as const) {
      expect(result?.isError).toBe(false);
      expect(bundleSchema.parse(JSON.parse(result?.text ?? ''))).toMatchObject({
        result: { success: true, summary },
        outcome: { class: 'success' },
      });
    }
    expect(failure).toMatchObject({ isError: true, text: expect.stringContaining('it has had enough') });
    const sent = readFileSync(wire, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
    expect(sent).toContainEqual(
      expect.objectContaining({
        method: 'tools/call',
        params: expect.objectContaining({ _meta: expect.objectContaining({ progressToken: expect.anything() }) }),
      }),
    );
    const { approvals, messages } = bundleSchema.parse(JSON.parse(overPipes?.text ?? ''));
    const by = expect.stringMatching(/^claude-code \d/);
    expect(approvals).toMatchObject([{ tool: 'Bash', decision: 'denied', because: 'answered', by }]);
    expect(JSON.stringify(messages)).toContain('the question was closed without an answer');
    expect(existsSync(join(home.project, 'made'))).toBe(false);
    expect(await survivorsOf(home.path)).toEqual([]);
  });

  it('leaves nothing over stdio when it is interrupted, started as the example has it', async () => {
    const config = fileURLToPath(new URL('../../../examples/mcp/claude-code.mcp.json', import.meta.url));
    const env = { PATH: userPath(), FAKE_CLAUDE: JSON.stringify(hanging), SLUICE_SERVER_ENV: 'FAKE_CLAUDE' };
    // The inner one is found by the environment.
    const invocation = { api: await stub(asking([TOOL])), claude: FAKE_CLAUDE, env };
    const running = outer(config, invocation, ['--claude', CLAUDE]);
    await reachesInner(running.home);
    running.kill('SIGINT');
    await running.finished;
    expect(await survivorsOf(running.home.path)).toEqual([]);
  });

  it('leaves nothing over HTTP when it is interrupted', async () => {
    const server = await startMcp('http', ['--legacy-grace', '2s'], { fake: hanging });
    const remote = { type: 'http', url: server.url.href };
    const running = outer(JSON.stringify({ mcpServers: { remote } }), { api: await stub(asking([TOOL_OVER_HTTP])) });
    await reachesInner(server.home);
    running.kill('SIGINT');
    await running.finished;
    // Of the versions that speak an older protocol, some say so, and some are just gone.
    const given = expect.stringMatching(/^(?:cancelled|disconnected)$/);
    await vi.waitFor(() => expect(server.log().map(({ ended }) => ended)).toContainEqual(given), { timeout: 30_000 });
    expect(await survivorsOf(server.home.path, 0)).toEqual([expect.stringContaining(BIN)]);
  });
});

/** Starts the outer one, with servers of ours. */
function outer(config: string, invocation: Invocation, more: readonly string[] = []): Running {
  // On a busy machine they are slow to come, and a tool that is not there is not called.
  const servers = ['--mcp-config', config, '--strict-mcp-config', '--require-mcp', 'all'];
  const allowed = ['--allowed-tools', [TOOL, TOOL_OVER_HTTP].join(',')];
  // Newer versions may hide tools behind a search.
  const env = { ENABLE_TOOL_SEARCH: 'false', ...invocation.env };
  return startSluice([...more, ...servers, ...allowed, '--json', 'Ask the other one.'], { ...invocation, env });
}

/** The outer one, which has the tools, asks one after the other; the inner one, which has not, says hello or what else it is to do. */
function asking([first, ...rest]: readonly [string, ...string[]], inner: Script = plain): Script {
  const call = (tool: string) => [toolUse(tool, { prompt: PROMPT })];
  const outer = inTurn(call(first), ...rest.map(call), [text('That was all.')]);
  return (conversation) => (conversation.tools.includes(first) ? outer : inner)(conversation);
}

/** What the outer model was told by tools, in its last request. */
function resultsIn({ requests }: MessagesApi): readonly ToolResult[] {
  return requests.findLast(({ conversation }) => conversation?.tools.includes(TOOL))?.conversation?.toolResults ?? [];
}

/** Settles when the inner one, which is in this home, runs. */
async function reachesInner({ path }: Home): Promise<void> {
  const runs = (): boolean => [...processesOf(path).values()].some((command) => command.split(' ')[1] === FAKE_CLAUDE);
  await vi.waitFor(() => expect(runs()).toBe(true), { timeout: 30_000, interval: 50 });
}
