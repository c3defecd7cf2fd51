import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { drawnToken } from '../../support/drawn-token.ts';
import { begin, type Step } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { startGateway } from '../../support/gateway.ts';
import { httpTransport } from '../../support/mcp.ts';
import { samplesOf } from '../../support/metrics-page.ts';
import { visit } from '../../support/visit.ts';

const costing = (usd: number): readonly Step[] => [...begin, { result: { total_cost_usd: usd } }];
/** Goes on until it is stopped. */
const waiting: readonly Step[] = [...begin, { interrupt: true }, { result: {} }];
const shutOut: readonly Step[] = [
  ...begin,
  { result: { is_error: true, api_error_status: 401, result: 'Invalid API key · Fix external API key' } },
];

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function tokensIn(home: Home, ...drawn: readonly { readonly line: string }[]): string {
  const path = join(home.project, 'tokens');
  writeFileSync(path, drawn.map(({ line }) => `${line}\n`).join(''));
  chmodSync(path, 0o600);
  return path;
}

/** What the tool answers who shows a token. */
async function askByMcp(url: URL, token: string): Promise<unknown> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(httpTransport(new URL('/mcp', url), { token }));
  const { content } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
  await client.close();
  const [first] = content;
  return JSON.parse(first?.type === 'text' ? first.text : '');
}

describe('quotas', () => {
  it('keep a caller out until they reset, whatever becomes of the server, and others in', async () => {
    const home = freshHome();
    const [alice, bob] = [drawnToken({ subject: 'alice' }), drawnToken({ subject: 'bob', quotas: ['9usd/month'] })];
    const args = [
      '--state',
      join(home.path, 'state'),
      '--tokens-file',
      tokensIn(home, alice, bob),
      '--quotas',
      '1usd/month',
      '--quota-time-zone',
      'Asia/Tokyo',
    ];
    const fake = [costing(0.75), costing(0.75), waiting];
    const first = await startGateway(args, { home, fake, endsWith: null, leaves: true });
    const ask = (server: typeof first, { token }: typeof alice, body: object = {}) =>
      server.post({ prompt: 'hi', ...body }, bearer(token));
    expect((await ask(first, alice)).status).toBe(200);
    const tooMuch = await ask(first, alice, { maxBudgetUsd: 0.5 });
    expect(await tooMuch.json()).toMatchObject({ details: { used: 0.75, wanted: 0.5 } });
    expect((await ask(first, alice, { maxBudgetUsd: 0.25 })).status).toBe(200);
    const refused = await ask(first, alice);
    const failure: unknown = await refused.json();
    expect([refused.status, failure]).toMatchObject([
      429,
      {
        error_code: 'rate_limited',
        message: expect.stringMatching(
          /^your quota is 1usd\/month: \$1\.5 used; it resets at \d{4}-\d\d-01T00:00:00\+09:00$/,
        ),
        details: { reason: 'quota', quota: '1usd/month', used: 1.5 },
      },
    ]);
    const { resetsAt, retryAfter } = Object(failure).details;
    expect(refused.headers.get('retry-after')).toBe(String(retryAfter));
    expect(Math.abs(Date.parse(resetsAt) - Date.now() - retryAfter * 1_000)).toBeLessThan(60_000);
    expect(await askByMcp(first.url, alice.token)).toMatchObject({
      error_code: 'rate_limited',
      details: { reason: 'quota', quota: '1usd/month', used: 1.5, resetsAt },
    });
    const { body: page } = await visit(first.adminUrl, '/metrics');
    expect(samplesOf(page, 'sluice_quota_refusals_total')).toEqual({
      'sluice_quota_refusals_total{quota="usd/month"}': 3,
    });
    // What is set aside for a run dies with its server.
    const path = '/v1/queries?wait=false';
    expect((await first.post({ prompt: 'hi', maxBudgetUsd: 9 }, bearer(bob.token), path)).status).toBe(202);
    await first.logs({ msg: 'query started', subject: 'bob' });
    expect((await ask(first, bob)).status).toBe(429);
    first.kill('SIGKILL');
    await first.finished;
    const second = await startGateway(args, { home, fake: costing(0.75) });
    expect(await (await ask(second, alice)).json()).toMatchObject({ details: { used: 1.5 } });
    expect((await ask(second, bob, { maxBudgetUsd: 9 })).status).toBe(200);
  });

  it('are counted in memory where nothing is kept, which is told; a full queue says when to ask again', async () => {
    const args = [
      '--state',
      'off',
      '--quotas',
      '3runs',
      '--max-runs',
      '1',
      '--max-queued',
      '1',
      '--drain-timeout',
      '0',
    ];
    const server = await startGateway(args, { fake: waiting });
    await server.logs({ msg: 'what callers use is counted in memory alone: quotas begin anew with each start' });
    const submit = () => server.post({ prompt: 'hi' }, {}, '/v1/queries?wait=false');
    expect([(await submit()).status, (await submit()).status]).toEqual([202, 202]);
    const refused = await submit();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
    expect(await refused.json()).toMatchObject({ details: { reason: 'queue_full', retryAfter: 20 } });
  });
});

it('a trusted proxy asks for its users, and nobody else does', async () => {
  const home = freshHome();
  const proxy = drawnToken({ subject: 'site', scopes: ['proxy'] });
  const alice = drawnToken({ subject: 'alice' });
  const args = [
    '--tokens-file',
    tokensIn(home, proxy, alice),
    '--trust-user-header',
    'X-Remote-User',
    '--trust-proxy-addresses',
    '127.0.0.0/8',
    '--allow-origins',
    'app.example.com',
    '--quotas',
    '1requests/day',
  ];
  const server = await startGateway(args, { home, fake: costing(0) });
  const page = { origin: 'https://app.example.com' };
  const ask = (headers: Readonly<Record<string, string>>) => server.post({ prompt: 'hi' }, headers);
  const asUser = (user: string) => ask({ ...bearer(proxy.token), ...page, 'x-remote-user': user });
  const answers = [
    await asUser('bob'),
    await asUser('bob'),
    await asUser('carol'),
    await asUser('bob, carol'),
    await ask({ ...bearer(proxy.token), ...page }),
    await ask({ ...bearer(proxy.token), 'x-remote-user': 'dave' }),
    await ask({ ...bearer(proxy.token), 'x-remote-user': 'dave', origin: 'https://evil.example' }),
    await ask({ ...bearer(proxy.token), ...page, 'x-remote-user': 'dave', 'content-type': 'text/plain' }),
    await ask({ ...bearer(alice.token), 'x-remote-user': 'bob' }),
    await ask({ 'x-remote-user': 'bob' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 429, 200, 400, 400, 403, 403, 415, 200, 401]);
  const started = server.log().filter(({ msg }) => msg === 'query started');
  expect(started.map(({ subject }) => subject)).toEqual(['site/bob', 'site/carol', 'alice']);
});

describe('/readyz', () => {
  it('says whether claude is let in, by the last query', async () => {
    const server = await startGateway(['--retries', '0'], { fake: [shutOut, costing(0)] });
    const ready = async () => {
      const [open, admin] = [await visit(server.url, '/readyz'), await visit(server.adminUrl, '/readyz')];
      return [open.status, JSON.parse(open.body), admin.status, JSON.parse(admin.body)];
    };
    expect(await ready()).toMatchObject([200, { login: 'unknown' }, 200, { login: 'unknown' }]);
    await server.post({ prompt: 'hi' });
    const failed = { status: 'not_ready', login: 'failed', reason: 'auth' };
    expect(await ready()).toMatchObject([
      503,
      failed,
      503,
      { ...failed, message: expect.stringContaining('Invalid API key') },
    ]);
    await server.post({ prompt: 'hi' });
    expect(await ready()).toMatchObject([200, { status: 'ok', login: 'ok' }, 200, { status: 'ok', login: 'ok' }]);
    await server.logs({ msg: 'claude is let in again' });
  });

  it('says so by what the server itself asks, until claude is let in', async () => {
    const server = await startGateway(['--probe-login', '300ms'], { fake: [shutOut, costing(0)] });
    await server.logs({ level: 'error', class: 'auth' });
    await server.logs({ msg: 'claude is let in again' });
    expect((await visit(server.url, '/readyz')).status).toBe(200);
  });
});
