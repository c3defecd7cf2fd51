import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type Progress } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { layWire } from '../../support/cut.ts';
import { begin, FAKE_CLAUDE, type FakeScript, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { type Era, httpTransport, type McpServer, startMcp, WAYS } from '../../support/mcp.ts';
import { shared } from '../../support/shared.ts';

const good: FakeScript = [...begin, ...succeed];
/** Works until it is told to stop. */
const hanging: FakeScript = [...begin, { say: 'at work' }, { work: true }];
/** One that hangs, and then one that is well, again and again. */
const hangingNowAndThen: FakeScript = [hanging, good, hanging, good].map((steps) => [...steps].flat());

describe.each(WAYS)('a %s client over %s', (era, wire) => {
  it('sees the tools, cancels a query, gets progress and the bundle of the next, whose turn it is, and takes its query with it when it goes away, and over stdio the server', async () => {
    const grace = wire === 'http' ? ['--legacy-grace', '100ms'] : [];
    const server = await startMcp(wire, ['--max-runs', '1', ...grace], { fake: hangingNowAndThen });
    const client = await server.connect(era);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['claude_query', 'claude_query_messages']);
    const cancel = new AbortController();
    const { asked, atWork } = askAndWatch(client, { signal: cancel.signal });
    await atWork;
    cancel.abort();
    await expect(asked).rejects.toThrow('abort');
    // Since 2026-07-28, to drop the stream is how a request over HTTP is cancelled.
    const ended = era === 'modern' && wire === 'http' ? 'disconnected' : 'cancelled';
    await server.logs({ ended });
    const progress: Progress[] = [];
    const result = await ask(client, { onprogress: (told) => void progress.push(told) });
    expect(summaryOf(result)).toBe('done');
    expect(progress.length).toBeGreaterThan(0);
    await server.logs({ msg: 'query ended', ended: 'finished', class: 'success', transport: wire });
    await (wire === 'stdio' ? closePipes : cutWire)(server, era, client);
    const ends = server.log().flatMap((line) => line['ended'] ?? []);
    expect(ends.slice(0, 3)).toEqual([ended, 'finished', 'disconnected']);
  });
});

/** Has a client over stdio go away while it is served. */
async function closePipes(server: McpServer, _: Era, client: Client): Promise<void> {
  await askAndWatch(client).atWork;
  server.stdin?.end();
  await expect(server.finished).resolves.toMatchObject({ exitCode: 0 });
}

/** Has another client over HTTP go away while it is served; who comes next is served as well. */
async function cutWire(server: McpServer, era: Era, client: Client): Promise<void> {
  const wire = await layWire(server.url);
  const lost = await connectBy(wire.url, era, { maxRetries: 0 });
  await askAndWatch(lost).atWork;
  wire.cut();
  await lost.close();
  expect(summaryOf(await ask(client))).toBe('done');
}

it('a client over stdio is served as the transport of the SDK starts it', async () => {
  const home = freshHome();
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: modeOf('modern') } });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(new URL('../../../bin/sluice.js', import.meta.url)), 'mcp', '--pass-env=FAKE_CLAUDE'],
      env: {
        HOME: home.path,
        TMPDIR: home.temporary,
        SLUICE_CLAUDE_PATH: FAKE_CLAUDE,
        FAKE_CLAUDE: JSON.stringify(good),
      },
      cwd: home.project,
    }),
  );
  expect(summaryOf(await ask(client))).toBe('done');
  await client.close();
});

it.each([
  ['modern', 'SIGINT'],
  ['legacy', 'SIGHUP'],
] as const)('a %s client sees the server end in order on %s', async (era, signal) => {
  const server = await startMcp('stdio', [], { fake: hanging });
  await askAndWatch(await server.connect(era)).atWork;
  server.kill(signal);
  await expect(server.finished).resolves.toMatchObject({ exitCode: 0 });
  await server.logs({ ended: 'shutdown' });
});

/** For all that leaves it as it was. */
const open = shared(() => startMcp('http', [], { fake: good }));

describe('a session of 2025-11-25', () => {
  it('that breaks in the middle of a query is taken up again, and nothing of it is lost; another ends with DELETE, and its query with it', async () => {
    const home = freshHome();
    // What comes next is said once the wire has been cut, so often.
    const parts = ['cut-1', 'cut-2', 'cut-3'].flatMap((cut) => [
      { until: cut },
      ...Array.from({ length: 7 }, (_, at) => ({ say: `part ${at} after ${cut}` })),
    ]);
    const fake = [[...begin, ...parts, ...succeed], [...hanging].flat()];
    const server = await startMcp('http', [], { home, fake });
    const wire = await layWire(server.url);
    const client = await connectBy(wire.url, 'legacy');
    const sequences: number[] = [];
    let cuts = 0;
    const result = await ask(client, {
      onprogress(told) {
        sequences.push(...sequencesOf(told));
        // In the midst of what was said since the last time.
        if (cuts === 3 || sequences.length < 1 + 4 * cuts) return;
        wire.cut();
        writeFileSync(join(home.project, `cut-${++cuts}`), '');
      },
    });
    expect(summaryOf(result)).toMatch(/part 6 after cut-3\s*done$/);
    expect(cuts).toBe(3);
    expect(sequences).toEqual(sequences.map((_, at) => at + 1));
    expect(sequences.length).toBeGreaterThan(20);

    const transport = httpTransport(server.url);
    const other = new Client({ name: 'test', version: '1' });
    await other.connect(transport);
    await askAndWatch(other).atWork;
    await transport.terminateSession();
    await expect(server.logs({ ended: 'disconnected' })).resolves.toMatchObject({ transport: 'http' });
    await other.close();
  });

  it('is nobody else’s', async () => {
    const response = await post(open(), { 'mcp-session-id': '11111111-2222-4333-8444-555555555555' });
    expect(response.status).toBe(404);
  });
});

it('over HTTP what is no request is refused, and the server lives on', async () => {
  const server = open();
  for (const [raw, status] of [
    [{ body: 'x'.repeat(1024 * 1024 + 1) }, 413],
    [{ path: '/other' }, 404],
    [{ method: 'PUT' }, 405],
    [{ body: '{"jsonrpc":' }, 400],
    [{ headers: { 'content-type': 'text/plain' } }, 415],
    [{ headers: { origin: 'http://evil.example' } }, 403],
  ] satisfies [Raw, number][]) {
    const response = await post(server, {}, raw);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
  expect(summaryOf(await ask(await server.connect('modern')))).toBe('done');
});

describe('a client that is not so strict', () => {
  const initialize = {
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: { roots: null }, clientInfo: { name: 'raw', version: '1' } },
  };

  it.each([{ accept: '*/*' }, { accept: '' }, { accept: 'application/*, text/*' }])(
    'is served over HTTP with %j, at /mcp/, with null for what is not set',
    async (headers) => {
      const server = open();
      const call = (message: object, more = {}): Promise<Response> =>
        post(server, { ...headers, ...more }, { path: '/mcp/', body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
      const opened = await call({ id: 1, ...initialize });
      const session = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
      await opened.text();
      const tools = await call({ id: 2, method: 'tools/list', params: null }, session);
      expect([opened.status, tools.status]).toEqual([200, 200]);
      expect(await tools.text()).toContain('"claude_query"');
      const args = { prompt: 'hi', cwd: null, maxTurns: '5', allowedTools: '["Read"]' };
      const answer = await call(
        { id: 3, method: 'tools/call', params: { name: 'claude_query', arguments: args, _meta: null } },
        session,
      );
      expect(await answer.text()).toContain('"success":true');
    },
  );

  it('is served over stdio with null for what is not set, and nothing else is said on stdout', async () => {
    const server = await startMcp('stdio', ['--log-level', 'debug'], { fake: good });
    const args = { prompt: 'hi', sessionId: null, maxMessages: '0' };
    const lines = [
      { id: 1, ...initialize },
      { method: 'notifications/initialized', params: null },
      { id: 2, method: 'tools/list', params: null },
      { id: 3, method: 'tools/call', params: { name: 'claude_query', arguments: args, _meta: null } },
    ];
    for (const line of lines) server.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`);
    await server.logs({ msg: 'query ended' });
    server.stdin?.end();
    const answers = (await server.finished).stdout.trimEnd().split('\n');
    expect(answers.map((answer) => answerSchema.parse(JSON.parse(answer)))).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(answers.at(-1)).toContain('"success":true');
    expect(answers.at(-1)).toContain('"messages":[]');
  });
});

it('what is for HTTP alone, by a flag or a variable, is told of over stdio, which is served', async () => {
  const server = await startMcp('stdio', ['--host=0.0.0.0', '--legacy-grace', '1s'], {
    fake: good,
    env: { MCP_PORT: '9' },
  });
  for (const name of ['--host', '--legacy-grace', 'MCP_PORT'])
    await server.logs({ level: 'warn', msg: `${name} is for --http; this serves stdio` });
  expect(summaryOf(await ask(await server.connect('modern')))).toBe('done');
});

describe('over stdio', () => {
  it('what is no message is answered with an error, and what comes after it is read', async () => {
    const server = await startMcp('stdio', [], { fake: good });
    server.stdin?.write('nonsense\n{"a":1}\n');
    server.stdin?.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
    server.stdin?.write(`${'x'.repeat(33 * 1024 * 1024)}\n`);
    const initialize = {
      jsonrpc: '2.0',
      id: 'first',
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
    };
    server.stdin?.end(`${JSON.stringify(initialize)}\n`);
    const { stdout } = await server.finished;
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => answerSchema.parse(JSON.parse(line)));
    expect(answers.map(({ id, error }) => error?.code ?? id)).toEqual([-32700, -32600, -32700, -32700, 'first']);
  });
});

it('a port that is taken is told of with the flag to choose another', async () => {
  const { url } = open();
  await expect(startMcp('http', ['--port', url.port], { fake: good, endsWith: 2 })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${url.port}: something else listens there; choose another port with --port`,
  );
});

it('to listen where others can reach it is refused without tokens and names', async () => {
  const refused = await sluiceHere(['mcp', '--http', '--port', '0', '--host', '0.0.0.0'], { fake: good });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/--tokens-file.*--allow-hosts/) });
});

it('a claude that is missing is told of at once, and the server lives on', async () => {
  const server = await startMcp('http', [], { claude: '/nowhere/claude' });
  expect(server.log()).toContainEqual(
    expect.objectContaining({ level: 'warn', msg: expect.stringContaining('/nowhere') }),
  );
  const result = await ask(await server.connect('modern'));
  expect(result).toMatchObject({ isError: true });
  expect((await (await server.connect('modern')).listTools()).tools).toHaveLength(2);
});

type Asked = Parameters<Client['callTool']>[1];

function ask(client: Client, options: Asked = {}): ReturnType<Client['callTool']> {
  return client.callTool(
    { name: 'claude_query', arguments: { prompt: 'hi' } },
    { onprogress: () => {}, resetTimeoutOnProgress: true, ...options },
  );
}

/** Asks for what will hang, and tells when it does. */
function askAndWatch(client: Client, options: Asked = {}): { asked: Promise<unknown>; atWork: Promise<void> } {
  let asked: Promise<unknown> = Promise.resolve();
  const atWork = new Promise<void>((resolve, reject) => {
    asked = ask(client, {
      ...options,
      onprogress({ message }) {
        if (message?.includes('at work') === true) resolve();
      },
    });
    asked.catch(reject);
  });
  atWork.catch(() => {});
  return { asked, atWork };
}

async function connectBy(url: URL, era: Era, pace: { maxRetries?: number } = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: modeOf(era) } });
  await client.connect(httpTransport(url, pace));
  return client;
}

function modeOf(era: Era): 'legacy' | { pin: string } {
  return era === 'modern' ? { pin: '2026-07-28' } : 'legacy';
}

interface Raw {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function post({ url }: McpServer, headers: Readonly<Record<string, string>>, raw: Raw = {}): Promise<Response> {
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  return fetch(new URL(raw.path ?? '/mcp', url), {
    method: raw.method ?? 'POST',
    body: raw.body ?? JSON.stringify(list),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
      ...raw.headers,
    },
  });
}

const answerSchema = z.object({
  id: z.union([z.string(), z.number(), z.null()]),
  error: z.object({ code: z.number() }).optional(),
});

const resultSchema = z.object({
  structuredContent: z.object({ result: z.object({ summary: z.string().nullable() }) }),
});

function summaryOf(result: unknown): string | null {
  return resultSchema.parse(result).structuredContent.result.summary;
}

const eventsSchema = z.object({ _meta: z.object({ 'sluice/events': z.array(z.object({ sequence: z.number() })) }) });

function sequencesOf(progress: unknown): number[] {
  const parsed = eventsSchema.safeParse(progress);
  return parsed.success ? parsed.data._meta['sluice/events'].map(({ sequence }) => sequence) : [];
}
