import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../../src/servers/refusal.ts';
import type { Caller } from '../../../../src/servers/caller.ts';
import { VERSION } from '../../../../src/version.ts';
import { assistant, init, result, user, toolUse } from '../../outcome/evidence.ts';
import { endingOf } from '../../sinks/endings.ts';
import { answerOf, eventsOf, faceOf, queriesOf, tells, CONVERSATION } from './faces.ts';
import { ERAS, type Fields, openClient, openWire } from './wire.ts';

const RUN_ID = '11111111-2222-4333-8444-555555555555';

/** The text of a result, as JSON. */
const told = (response: Fields): Fields => JSON.parse(response.content[0].text);

describe.each(ERAS)('the MCP server, %s', (era) => {
  it('introduces itself and offers two tools', async () => {
    const client = await openClient(faceOf(queriesOf(tells(CONVERSATION))), era);
    expect(client.getServerVersion()).toMatchObject({ name: 'sluice', version: VERSION });
    expect(client.getInstructions()).toContain('claude_query');
    const { tools } = await client.listTools();
    expect(tools.map(({ name, title, annotations, _meta }) => ({ name, title, annotations, _meta })))
      .toMatchInlineSnapshot(`
        [
          {
            "_meta": {
              "anthropic/maxResultSizeChars": 50000,
            },
            "annotations": {
              "destructiveHint": true,
              "idempotentHint": false,
              "openWorldHint": true,
              "readOnlyHint": false,
            },
            "name": "claude_query",
            "title": "Ask Claude Code",
          },
          {
            "_meta": {
              "anthropic/maxResultSizeChars": 50000,
            },
            "annotations": {
              "openWorldHint": false,
              "readOnlyHint": true,
            },
            "name": "claude_query_messages",
            "title": "Read the messages of a Claude Code run",
          },
        ]
      `);
  });

  it('describes what may be sent and what comes back, with nothing at the root that the Claude API rejects', async () => {
    const client = await openClient(faceOf(queriesOf(tells(CONVERSATION))), era);
    for (const { inputSchema, outputSchema } of (await client.listTools()).tools) {
      expect(inputSchema.type).toBe('object');
      for (const word of ['anyOf', 'oneOf', 'allOf', '$ref']) expect(inputSchema).not.toHaveProperty([word]);
      expect(JSON.stringify(outputSchema)).not.toContain('"additionalProperties":false');
    }
    const [query, messages] = (await client.listTools()).tools;
    expect(Object.keys(query?.inputSchema.properties ?? {})).toMatchInlineSnapshot(`
      [
        "prompt",
        "cwd",
        "sessionId",
        "model",
        "maxTurns",
        "maxBudgetUsd",
        "appendSystemPrompt",
        "jsonSchema",
        "permissionMode",
        "allowedTools",
        "disallowedTools",
        "timeoutMs",
        "maxMessages",
        "includeSystemMessages",
      ]
    `);
    expect(query?.inputSchema.required).toEqual(['prompt']);
    expect(Object.keys(messages?.inputSchema.properties ?? {})).toEqual(['runId', 'from', 'limit']);
    expect(messages?.inputSchema.required).toEqual(['runId']);
  });

  it('tells the model what the server allows', async () => {
    const client = await openClient(faceOf(queriesOf(tells(CONVERSATION))), era);
    const [query] = (await client.listTools()).tools;
    expect(query?.description?.split('\n\n').at(-1)).toMatchInlineSnapshot(
      `"This server allows: Folders: /srv/code, /srv/docs and what is in them; /srv/code if you name none. Tools that Claude Code has: Read, Glob, Grep. Permission modes: default, plan; default if you name none. At most 50 turns, $2, 5 min. A request for more is refused, and says what is allowed."`,
    );
  });

  it('answers with the bundle, its text the exact JSON of its structured content', async () => {
    const client = await openClient(faceOf(queriesOf(tells(CONVERSATION))), era);
    await client.listTools();
    const answer = await client.callTool({ name: 'claude_query', arguments: { prompt: 'why?' } });
    expect(answer.isError).toBeUndefined();
    expect(answer.structuredContent).toMatchObject({
      runId: RUN_ID,
      result: { success: true, summary: 'All is well.' },
      messages: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }],
      truncation: { total: 3, returned: 3, dropped: 0, limits: { maxResult: 45_000 }, next: null },
    });
    expect(told(answer)).toEqual(answer.structuredContent);
  });

  it('hands on what was asked as it came, with who asked', async () => {
    const seen: { request: unknown; caller: Caller }[] = [];
    const face = faceOf(
      queriesOf(async ({ request, caller }) => {
        seen.push({ request, caller });
        return answerOf();
      }),
    );
    const wire = await openWire(face, era);
    await wire.request('tools/call', { name: 'claude_query', arguments: { prompt: 7, odd: [null] } });
    await wire.request('tools/call', { name: 'claude_query' });
    const caller = {
      subject: 'ada',
      transport: 'stdio',
      protocol: era === 'modern' ? 'mcp 2026-07-28' : 'mcp 2025-11-25',
      client: 'hand 1.0',
    };
    expect(seen).toEqual([
      { request: { prompt: 7, odd: [null] }, caller },
      { request: {}, caller },
    ]);
  });

  it('gives what was reached before a limit as a result, and nothing but an error where nothing was said', async () => {
    const stopped = { stoppedBy: 'timeout', exit: { code: null, signal: 'SIGTERM' } } as const;
    const spoken = endingOf([init(), assistant('Half an ans')], stopped);
    const silent = endingOf([init(), assistant([toolUse('t1', 'Read')]), user('x')], stopped);
    const scripts = [tells(eventsOf([init(), assistant('Half an ans')]), spoken), tells(eventsOf([init()]), silent)];
    const client = await openClient(faceOf(queriesOf((asked) => scripts.shift()!(asked))), era);
    await client.listTools();
    const call = { name: 'claude_query', arguments: { prompt: 'why?' } };
    const half = await client.callTool(call);
    expect(half.isError).toBeUndefined();
    expect(half.structuredContent).toMatchObject({
      result: { success: false, summary: 'Half an ans' },
      outcome: { class: 'timeout' },
    });
    const nothing = await client.callTool(call);
    expect(nothing.isError).toBe(true);
    expect(nothing.structuredContent).toBeUndefined();
    expect(told(nothing)).toMatchObject({
      status: 'error',
      error_code: 'timeout',
      message: silent.message,
      details: {
        class: 'timeout',
        runId: RUN_ID,
        sessionId: silent.report.sessionId,
        retryable: false,
        messages: { tool: 'claude_query_messages', arguments: { runId: RUN_ID } },
      },
    });
  });

  it('tells a refusal as the unified error', async () => {
    const refusal = new Refusal('forbidden', 'cwd /etc is outside the roots: use /srv/code', { cwd: '/etc' });
    const client = await openClient(faceOf(queriesOf(() => Promise.reject(refusal))), era);
    const answer = await client.callTool({ name: 'claude_query', arguments: {} });
    expect(answer).toMatchObject({ isError: true });
    expect(told(answer)).toEqual({
      status: 'error',
      error_code: 'forbidden',
      message: 'cwd /etc is outside the roots: use /srv/code',
      details: { cwd: '/etc' },
    });
  });

  it('tells a fault of its own to the operator alone, and lives on', async () => {
    const fault = new Error('EACCES /secret/place');
    const onFault = vi.fn<(fault: unknown) => void>();
    const throwing = queriesOf(
      () => {
        throw fault;
      },
      () => {
        throw fault;
      },
    );
    const client = await openClient(faceOf(throwing, { onFault }), era);
    const calls = [
      { name: 'claude_query', arguments: {} },
      { name: 'claude_query_messages', arguments: { runId: RUN_ID } },
    ];
    for (const call of calls) {
      const answer = await client.callTool(call);
      expect(told(answer)).toMatchObject({ status: 'error', error_code: 'server_error', details: {} });
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
    expect(onFault.mock.calls).toEqual([[fault], [fault]]);
  });

  it('knows no tools when they are turned off', async () => {
    const wire = await openWire(faceOf(queriesOf(tells(CONVERSATION)), { enabled: false }), era);
    expect((await wire.request('tools/list', {})).result.tools).toEqual([]);
    const unknown = (name: string): Promise<Fields> => wire.request('tools/call', { name, arguments: {} });
    const { error } = await unknown('claude_query');
    expect(error).toEqual({ code: -32602, message: 'Tool claude_query not found' });
    expect((await unknown('nonsense')).error.code).toBe(error.code);
  });

  it('answers an unknown tool and a malformed call with a JSON-RPC error', async () => {
    const wire = await openWire(faceOf(queriesOf(tells(CONVERSATION))), era);
    const calls = [
      { name: 'nonsense' },
      { name: 'constructor' },
      { name: '__proto__' },
      { name: 7 },
      { name: 'claude_query', arguments: 'why?' },
      {},
    ];
    for (const call of calls) expect(await wire.request('tools/call', call)).toMatchObject({ error: { code: -32602 } });
    expect(await wire.request('tools/call', { name: 'claude_query' })).toMatchObject({ result: {} });
  });

  it.each([
    ['cancelled', 'a cancellation', (id: number) => ({ requestId: id, reason: 'disconnected' })],
    ['disconnected', 'a client that hangs up', null],
  ])('gives a query up as %s after %s', async (reason, _, cancellation) => {
    let signal: AbortSignal | undefined;
    const face = faceOf(
      queriesOf((asked) => {
        ({ signal } = asked);
        asked.follower.started?.(RUN_ID);
        return new Promise((_, reject) => {
          asked.signal.addEventListener('abort', () => reject(new Refusal('conflict', 'given up')));
        });
      }),
    );
    const wire = await openWire(face, era);
    const id = wire.send('tools/call', { name: 'claude_query', arguments: { prompt: 'why?' } });
    await vi.waitUntil(() => signal !== undefined);
    const count = wire.received.length;
    if (cancellation === null) await wire.close();
    else wire.notify('notifications/cancelled', cancellation(id));
    await vi.waitUntil(() => signal?.aborted);
    expect(signal?.reason).toBe(reason);
    await new Promise(setImmediate);
    expect(wire.received.length).toBe(count);
  });
});

describe('the result of a run that brought an answer late', () => {
  it('counts a structured answer as one', async () => {
    const ending = endingOf([init(), result({ result: '', structured_output: { n: 1 }, is_error: true })]);
    const client = await openClient(faceOf(queriesOf(tells(eventsOf([init()]), ending))), 'modern');
    const answer = await client.callTool({ name: 'claude_query', arguments: {} });
    expect(answer.structuredContent).toMatchObject({ result: { success: false, structured: { n: 1 } } });
  });
});
