import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Conversation, ToolResult } from '../../../src/demo/conversation.ts';
import type { MessagesApi } from '../../../src/demo/messages-api.ts';
import { apiError, inTurn, type Script, silence, text, toolUse } from '../../../src/demo/script.ts';
import { bundleSchema } from '../../../src/messages/bundle.ts';
import { CLAUDE } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { startMcp } from '../../support/mcp.ts';
import { survivorsOf } from '../../support/processes.ts';
import { mcpCall, plain } from '../../support/scenarios.ts';
import { type Invocation, quote, type Running, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const BIN = fileURLToPath(new URL('../../../bin/sluice.js', import.meta.url));
const TOOL = 'mcp__sluice__claude_query';
const PROMPT = 'Say hello to the outer one.';

describe('the real Claude Code as the client', () => {
  it('gets the bundle of another Claude Code over stdio, having asked for progress', async () => {
    const home = freshHome();
    const wire = join(home.path, 'wire.ndjson');
    const api = await stub(twoModels(plain));
    const server = `tee ${quote(wire)} | ${quote(process.execPath)} ${quote(BIN)} mcp`;
    const run = await outer({ command: 'sh', args: ['-c', server], env: inner }, { api, home }).finished;

    expect(run).toMatchObject({ exitCode: 0 });
    const result = resultsIn(api).at(-1);
    expect(result?.isError).toBe(false);
    expect(bundleSchema.parse(JSON.parse(result?.text ?? ''))).toMatchObject({
      result: { success: true, summary: 'Hello from the stub.' },
      outcome: { class: 'success' },
    });
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
    expect(await survivorsOf(home.path)).toEqual([]);
  });

  it('gets it over HTTP', async () => {
    const api = await stub(twoModels(plain));
    const server = await startMcp('http', [], { api });
    const run = await outer({ type: 'http', url: server.url.href }, { api }).finished;
    expect(run).toMatchObject({ exitCode: 0 });
    expect(bundleSchema.parse(JSON.parse(resultsIn(api).at(-1)?.text ?? ''))).toMatchObject({
      result: { success: true, summary: 'Hello from the stub.' },
    });
  });

  it('is asked about a call of a tool, in the revision that it speaks, and closes the question where nobody is there', async () => {
    const home = freshHome();
    const making = inTurn([toolUse('Bash', { command: 'touch made', description: 'make it' })], [text('Over.')]);
    const api = await stub(twoModels(making));
    const server = { ...overPipes, args: [...overPipes.args, '--ask-tools', 'Bash'] };
    await outer(server, { api, home }).finished;
    const bundle = bundleSchema.parse(JSON.parse(resultsIn(api).at(-1)?.text ?? ''));
    const { approvals, messages } = bundle;
    const by = expect.stringMatching(/^claude-code \d/);
    expect(approvals).toMatchObject([{ tool: 'Bash', decision: 'denied', because: 'answered', by }]);
    expect(JSON.stringify(messages)).toContain('the question was closed without an answer');
    expect(existsSync(join(home.project, 'made'))).toBe(false);
  });

  it('is told in words why a query failed', async () => {
    const api = await stub(twoModels(() => apiError(400, 'the stub has had enough')));
    await outer(overPipes, { api }).finished;
    expect(resultsIn(api).at(-1)).toMatchObject({
      isError: true,
      text: expect.stringContaining('the stub has had enough'),
    });
  });

  it('leaves nothing over stdio when it is interrupted', async () => {
    const api = await stub(twoModels(() => silence));
    const running = outer(overPipes, { api });
    await reachesInner(api);
    running.kill('SIGINT');
    await running.finished;
    expect(await survivorsOf(running.home.path)).toEqual([]);
  });

  it('leaves nothing over HTTP when it is interrupted', async () => {
    const api = await stub(twoModels(() => silence));
    const server = await startMcp('http', ['--legacy-grace', '2s'], { api });
    const running = outer({ type: 'http', url: server.url.href }, { api });
    await reachesInner(api);
    running.kill('SIGINT');
    await running.finished;
    // Of the versions that speak an older protocol, some say so, and some are just gone.
    const given = expect.stringMatching(/^(?:cancelled|disconnected)$/);
    await vi.waitFor(() => expect(server.log().map(({ ended }) => ended)).toContainEqual(given), { timeout: 30_000 });
    expect(await survivorsOf(server.home.path, 0)).toEqual([expect.stringContaining(BIN)]);
  });
});

/** What `sluice mcp` needs to find the real claude, which is the inner one. */
const inner = { SLUICE_CLAUDE_PATH: CLAUDE };
const overPipes = { command: process.execPath, args: [BIN, 'mcp'], env: inner };

/** Starts the outer one, with a server of ours. */
function outer(server: object, invocation: Invocation): Running {
  const config = JSON.stringify({ mcpServers: { sluice: server } });
  const args = ['--mcp-config', config, '--strict-mcp-config', '--allowed-tools', TOOL, '--json', 'Ask the other one.'];
  // Newer versions may hide tools behind a search.
  return startSluice(args, { ...invocation, env: { ENABLE_TOOL_SEARCH: 'false', ...invocation.env } });
}

/** The outer one, which has the tool, calls it; the inner one, which has not, is told what to do by it. */
function twoModels(inner: Script): Script {
  const outer = mcpCall(TOOL, { prompt: PROMPT });
  return (conversation) => {
    if (conversation.tools.includes(TOOL)) return outer(conversation);
    // Old versions ask for more than that.
    return isInner(conversation) ? inner(conversation) : plain(conversation);
  };
}

function isInner({ tools, prompt }: Conversation): boolean {
  return !tools.includes(TOOL) && prompt.includes(PROMPT);
}

/** What the outer model was told by tools, in its last request. */
function resultsIn({ requests }: MessagesApi): readonly ToolResult[] {
  return requests.findLast(({ conversation }) => conversation?.tools.includes(TOOL))?.conversation?.toolResults ?? [];
}

/** Settles when the inner one has asked its model. */
async function reachesInner({ requests }: MessagesApi): Promise<void> {
  const asked = (): boolean => requests.some(({ conversation }) => conversation !== undefined && isInner(conversation));
  await vi.waitFor(() => expect(asked()).toBe(true), { timeout: 30_000, interval: 50 });
}
