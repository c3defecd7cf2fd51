import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { createClient, type Item } from '../../../src/client/client.ts';
import { layWire } from '../../support/cut.ts';
import { begin, type FakeScript, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { startGateway } from '../../support/gateway.ts';
import { httpTransport } from '../../support/mcp.ts';
import { plain } from '../../support/scenarios.ts';
import { samplesOf } from '../../support/metrics-page.ts';
import { shared } from '../../support/shared.ts';
import { stub, wordsSent } from '../../support/stub.ts';
import { visit } from '../../support/visit.ts';

const good: FakeScript = [...begin, ...succeed];
/** Works until it is told to stop. */
const hanging: FakeScript = [...begin, { say: 'at work' }, { work: true }];

describe('the real claude behind the gateway', () => {
  it('is asked, followed, come back to and gone on with', async () => {
    const api = await stub(plain);
    const audit = join(freshHome().path, 'audit.jsonl');
    const { url, fetch } = await startGateway(['--audit', audit], { api });
    const client = createClient({ url });
    const context = { build: 4711 };
    const run = await client.submit({ prompt: 'hello?', context, labels: { team: 'search' } }, { key: 'one' });
    const items: Item[] = [];
    for await (const item of run.events()) items.push(item);
    const ids = items.flatMap((item) => (item.kind === 'event' ? [item.id] : []));
    expect(ids).toEqual(ids.map((_, at) => at + 1));
    const { outcome, result, sessionId, runId } = await run.result();
    expect([outcome.class, result.summary, runId]).toEqual(['success', 'Hello from the stub.', run.runId]);
    expect((await client.submit({ prompt: 'hello?', context, labels: { team: 'search' } }, { key: 'one' })).runId).toBe(
      run.runId,
    );
    const rest = await fetch(`/v1/queries/${runId}/events`, { headers: { 'last-event-id': String(ids.length - 1) } });
    expect(await rest.text()).toMatch(
      new RegExp(`^retry: 1000\nevent: run\ndata: .*\n\nid: ${ids.length}\nevent: message\n`),
    );
    const next = await fetch(`/v1/sessions/${sessionId}/queries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"prompt":"and then?"}',
    });
    expect([next.status, Object(await next.json()).sessionId]).toEqual([200, sessionId]);
    expect(await client.sessions()).toMatchObject({ sessions: [{ sessionId, runs: 2 }] });
    expect(wordsSent(api).join('\n')).toContain('4711');
    const [line = ''] = readFileSync(audit, 'utf8').split('\n');
    const caller = { subject: 'local', protocol: 'rest v1' };
    expect(JSON.parse(line)).toMatchObject({ runId, caller, options: { context: true }, ended: 'finished' });
  });

  it('is shown a picture, and uses up a quota', async () => {
    const api = await stub(plain);
    const { post } = await startGateway(['--quotas', '1tokens/day'], { api });
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const response = await post({ prompt: 'what is this?', attachments: [{ name: 'dot.png', base64: dot }] });
    const { outcome, usage } = Object(await response.json());
    expect(outcome).toMatchObject({ class: 'success' });
    expect(JSON.stringify(api.requests)).toContain('"media_type":"image/png"');
    expect(await (await post({ prompt: 'hi' })).json()).toMatchObject({
      error_code: 'rate_limited',
      details: { quota: '1tokens/day', used: usage.inputTokens + usage.outputTokens + usage.cacheCreationInputTokens },
    });
  });
});

it('a stream that breaks again and again is taken up, and nothing of it is lost or told twice', async () => {
  const says = Array.from({ length: 20 }, (_, at) => [{ say: `part ${at}` }, { sleep: 30 }] as const).flat();
  const { url } = await startGateway([], { fake: [...begin, ...says, ...succeed] });
  const wire = await layWire(url);
  const run = await createClient({ url: wire.url }).submit({ prompt: 'hi' });
  const ids: number[] = [];
  let cuts = 0;
  for await (const item of run.events()) {
    if (item.kind !== 'event') continue;
    ids.push(item.id);
    if (item.id % 5 === 0 && ++cuts < 5) wire.cut();
  }
  expect(cuts).toBeGreaterThan(2);
  expect(ids).toEqual(ids.map((_, at) => at + 1));
  expect(ids.length).toBeGreaterThan(20);
});

it('a run is stopped when its client leaves', async () => {
  const { url, post, logs } = await startGateway([], { fake: hanging });
  const leave = new AbortController();
  const response = await fetch(new URL('/v1/queries', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"prompt":"hi"}',
    signal: leave.signal,
  });
  expect(response.status).toBe(200);
  await logs({ msg: 'query started' });
  leave.abort();
  await logs({ ended: 'disconnected' });
  expect((await post({ prompt: 'x', maxTurns: 0 })).status).toBe(400);
});

it('a run is cancelled, and nothing of it is left', async () => {
  const { fetch, post, logs } = await startGateway([], { fake: hanging });
  const submitted = await post({ prompt: 'hi' }, {}, '/v1/queries?wait=false');
  const path = submitted.headers.get('location') ?? '';
  await logs({ msg: 'query started' });
  const cancelled = await fetch(path, { method: 'DELETE' });
  expect(await cancelled.json()).toMatchObject({ ended: 'cancelled', bundle: { outcome: { class: 'interrupted' } } });
});

it('a run is there after the server was killed, with what there was of it', async () => {
  const home = freshHome();
  const state = join(home.path, 'state');
  const first = await startGateway(['--state', state], { home, fake: hanging, endsWith: null, leaves: true });
  const run = await createClient({ url: first.url }).submit({ prompt: 'hi' });
  const seen: number[] = [];
  for await (const item of run.events()) {
    if (item.kind === 'event') seen.push(item.id);
    if (JSON.stringify(item).includes('at work')) break;
  }
  first.kill('SIGKILL');
  await first.finished;
  const second = await startGateway(['--state', state], { home, fake: good });
  const again = createClient({ url: second.url }).run(run.runId);
  expect(await again.view()).toMatchObject({ state: 'interrupted', bundle: { messages: [{}, {}] } });
  const rest: number[] = [];
  for await (const item of again.events({ from: seen.length + 1 })) if (item.kind === 'event') rest.push(item.id);
  expect([...seen, ...rest]).toEqual([1, 2, 3]);
});

describe('a gateway that is told to end', () => {
  it('lets nobody in, and those that go on have their time', async () => {
    const slow: FakeScript = [...begin, { sleep: 1_500 }, ...succeed];
    const server = await startGateway([], { fake: slow });
    const asked = server.post({ prompt: 'hi' });
    await server.logs({ msg: 'query started' });
    server.kill('SIGTERM');
    await server.logs({ msg: 'told to end' });
    expect((await visit(server.url, '/readyz')).status).toBe(503);
    expect((await visit(server.adminUrl, '/readyz')).status).toBe(503);
    expect(await (await asked).json()).toMatchObject({ outcome: { class: 'success' } });
    await expect(server.finished).resolves.toMatchObject({ exitCode: 0 });
  });

  it.each([[['--drain-timeout', '0']], [['--drain-timeout', '200ms']]])(
    'stops what goes on longer (%j)',
    async (args) => {
      const server = await startGateway(args, { fake: hanging });
      const asked = server.post({ prompt: 'hi' });
      asked.catch(() => {});
      await server.logs({ msg: 'query started' });
      server.kill('SIGTERM');
      await expect(server.finished).resolves.toMatchObject({ exitCode: 0 });
      await server.logs({ ended: 'shutdown' });
    },
  );
});

/** For all that leaves it as it was. */
const open = shared(() => startGateway([], { fake: good }));

it('MCP is served beside it', async () => {
  const { url } = open();
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(httpTransport(new URL('/mcp', url)));
  const result = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
  expect(result.structuredContent).toMatchObject({ result: { summary: 'done' } });
  await client.close();
});

it('metrics and the log tell of its queries', async () => {
  const { post, adminUrl, logs } = open();
  const queries = async () => samplesOf((await visit(adminUrl, '/metrics')).body, 'sluice_queries_total');
  const ours = 'sluice_queries_total{outcome="success",ended="finished",transport="http"}';
  const before = await queries();
  expect((await post({ prompt: 'hi' })).status).toBe(200);
  await logs({ msg: 'query ended', ended: 'finished', class: 'success', protocol: 'rest v1' });
  expect(await queries()).toEqual({ ...before, [ours]: (before[ours] ?? 0) + 1 });
});
