import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createClient, GatewayError, type Item } from '../../../src/client/client.ts';
import { layWire } from '../../support/cut.ts';
import { assistant, init, result } from '../outcome/evidence.ts';
import { eventsOf, serveGateway } from '../servers/gateway/served.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const said = ({ kind, ...item }: Item): string =>
  kind === 'event' && 'id' in item ? `${item.id} ${item.event.message.type}` : kind;

describe('the client of a gateway', () => {
  it('submits a run, follows it, and gets what it came to', async () => {
    const gateway = await serveGateway();
    const client = createClient({ url: gateway.url });
    const run = await client.submit({ prompt: 'hi', labels: { team: 'a' } });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('Done.'), result({ result: 'Done.' })]));
    held.finish();
    const told: string[] = [];
    for await (const item of run.events()) told.push(said(item));
    expect(told).toEqual(['1 system', '2 assistant', '3 result', '4 sluice']);
    expect(await run.result()).toMatchObject({ outcome: { class: 'success' } });
    expect(await run.view()).toMatchObject({ state: 'finished', labels: { team: 'a' } });
    expect(await client.list({ label: 'team:a' })).toMatchObject({ queries: [{ runId: run.runId }], next: null });
    expect(await client.sessions()).toMatchObject({ sessions: [{ runs: 1 }] });
  });

  it('takes a stream up again as often as it breaks, and tells each event once', async () => {
    const gateway = await serveGateway();
    const wire = await layWire(gateway.url);
    const client = createClient({ url: wire.url });
    const run = await client.submit({ prompt: 'hi' });
    const held = await gateway.held.nth(0);
    const told: string[] = [];
    let sent = 0;
    held.emit(...eventsOf([init()]));
    for await (const item of run.events()) {
      told.push(said(item));
      sent += 1;
      if (sent % 3 === 0) wire.cut();
      if (sent < 20) held.emit(...eventsOf([assistant(`part ${sent}`)], sent + 1));
      else held.finish();
    }
    expect(told).toEqual(['1 system', ...Array.from({ length: 19 }, (_, at) => `${at + 2} assistant`), '21 sluice']);
  });

  it('sends its token with each request, and cancels', async () => {
    const gateway = await serveGateway();
    const seen: (string | null)[] = [];
    const client = createClient({
      url: gateway.url.href,
      token: async () => 'secret',
      fetch(input, request) {
        seen.push(new Headers(request?.headers).get('authorization'));
        return fetch(input, request);
      },
    });
    const run = await client.submit({ prompt: 'hi' });
    await gateway.held.nth(0);
    expect(await run.cancel()).toMatchObject({ state: 'finished', ended: 'cancelled' });
    expect(seen).toEqual(['Bearer secret', 'Bearer secret']);
  });

  it('throws what the gateway refuses, with its code', async () => {
    const gateway = await serveGateway();
    const client = createClient({ url: gateway.url });
    const refused = client.submit({ prompt: 'hi', maxTurns: -1 });
    await expect(refused).rejects.toBeInstanceOf(GatewayError);
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'validation_error', details: {} });
    const unknown = client.run('11111111-2222-4333-8444-555555555555');
    await expect(unknown.events().next()).rejects.toMatchObject({ status: 404, code: 'not_found' });
    await expect(unknown.result()).rejects.toMatchObject({ status: 404 });
  });

  it('tells a run that was never started', async () => {
    const gateway = await serveGateway({ limits: { maxRuns: 1, queueTimeoutMs: 20 } });
    const client = createClient({ url: gateway.url });
    await client.submit({ prompt: 'hi' });
    const late = await client.submit({ prompt: 'hi' });
    await expect(late.result()).rejects.toMatchObject({ status: 200, code: 'timeout' });
  });

  it('gives up where nobody answers, or something else does', async () => {
    const elsewhere = createClient({
      url: 'http://127.0.0.1:9',
      retries: 1,
      fetch: async () => new Response('<html>', { status: 200 }),
    });
    await expect(elsewhere.run('x').view()).rejects.toThrow(/JSON/);
    const failing = createClient({
      url: 'http://x',
      retries: 0,
      fetch: async () => new Response('<h1>', { status: 502 }),
    });
    await expect(failing.run('x').events().next()).rejects.toMatchObject({ status: 502, code: 'bad_gateway' });
  });

  it.each([
    ['a failure without its parts', 400, '{"status":"error","error_code":"forbidden"}'],
    ['a failure of others', 403, '{"status":"error","message":{"no":"text"}}'],
  ])('takes %s for none of a gateway', async (_, status, body) => {
    const client = createClient({ url: 'http://x', fetch: async () => new Response(body, { status }) });
    await expect(client.run('x').view()).rejects.toMatchObject({ status, code: 'bad_gateway', details: {} });
  });

  it.each([
    'id: 1\ndata: null\n\n',
    'id: 1\ndata: {"message":5}\n\n',
    'id: x\ndata: {"message":{}}\n\n',
    'data: {oops\n\n',
    'event: failure\ndata: null\n\n',
    'event: resync\ndata: {}\n\n',
    '',
  ])('gives up on a stream that no gateway sends: %j', async (stream) => {
    const answers = async (url: string) => new Response(url.endsWith('/events') ? stream : '{"state":"none"}');
    const client = createClient({ url: 'http://x', retries: 0, fetch: answers });
    await expect(client.run('x').events().next()).rejects.toMatchObject({ code: 'bad_gateway' });
  });

  it.each([
    ['-5', undefined],
    ['1e99', undefined],
    ['12', 12],
  ])('waits as long as a gateway can mean: %s', async (seconds, retryAfter) => {
    const headers = { 'retry-after': seconds };
    const client = createClient({ url: 'http://x', fetch: async () => new Response('', { status: 429, headers }) });
    await expect(client.run('x').view()).rejects.toMatchObject({ retryAfter });
  });

  it('has less than 6 KB, and nothing of Node in it', async () => {
    const { CLIENT }: { readonly CLIENT: BuildOptions } = await import(`${ROOT}esbuild.options.js`);
    const { outputFiles, metafile } = await build({ ...CLIENT, absWorkingDir: ROOT, write: false, metafile: true });
    expect(outputFiles[0]?.contents.length).toBeLessThan(6_000);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
  });
});
