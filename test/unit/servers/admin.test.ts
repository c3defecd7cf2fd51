import { describe, expect, it, onTestFinished } from 'vitest';
import { type AdminOptions, startAdmin } from '../../../src/servers/admin.ts';
import type { ActiveQuery } from '../../../src/servers/active-query.ts';
import { VERSION } from '../../../src/version.ts';
import { type Reply, visit, type Visit } from '../../support/visit.ts';

/** Asks the listener of this test. */
type Ask = (path: string, options?: Visit) => Promise<Reply>;

const IDLE: AdminOptions = {
  port: 0,
  queries: { active: () => [], prewarmed: async () => null },
  metrics: { page: (active) => Promise.resolve(`active ${active.length}\n`), contentType: 'text/plain; version=0.0.4' },
  isClosing: () => false,
  redact: (text) => text,
};

async function adminWith(options: Partial<AdminOptions> = {}): Promise<Ask> {
  const listener = await startAdmin({ ...IDLE, ...options });
  onTestFinished(() => listener.close());
  expect(listener.url.hostname).toBe('127.0.0.1');
  return (path, options) => visit(listener.url, path, options);
}

const query = (fields: Partial<ActiveQuery> = {}): ActiveQuery => ({
  runId: '11111111-2222-4333-8444-555555555555',
  sessionId: 'e3c9e254-0f2e-4662-8047-6183c453dab1',
  caller: { subject: 'local', transport: 'http', protocol: 'mcp 2026-07-28', client: 'claude-code 2.1.329' },
  phase: 'running',
  cwd: '/srv/project',
  elapsedMs: 1234,
  turns: 2,
  costUsd: 0.25,
  ...fields,
});

describe('the admin listener', () => {
  it('says that it is well, and how much there is to do', async () => {
    const active = [query(), query({ phase: 'queued' }), query({ phase: 'queued' })];
    const ask = await adminWith({ queries: { active: () => active, prewarmed: async () => null } });
    const { status, headers, body } = await ask('/healthz');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    const { uptime, ...rest } = JSON.parse(body) as Record<string, unknown>;
    expect(rest).toEqual({ status: 'ok', active: 1, queued: 2, version: VERSION });
    expect(uptime).toBeTypeOf('number');
  });

  it('is not well any more once the server closes', async () => {
    const ask = await adminWith({ isClosing: () => true });
    const { status, body } = await ask('/healthz');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ status: 'closing' });
    expect(await ask('/readyz')).toMatchObject({ status: 503, body: '{"status":"closing"}\n' });
  });

  it('is not ready where claude is not let in, and says why, without secrets', async () => {
    const since = '2026-11-30T12:00:00.000Z';
    const login = () => ({ login: { state: 'failed', reason: 'auth', since, message: 'secret is no key' } as const });
    const ask = await adminWith({ login, redact: (text) => text.replaceAll('secret', '[REDACTED]') });
    const { status, body } = await ask('/readyz');
    expect([status, JSON.parse(body)]).toEqual([
      503,
      { status: 'not_ready', login: 'failed', reason: 'auth', since, message: '[REDACTED] is no key' },
    ]);
  });

  it('has the metrics, with who waits and runs', async () => {
    const ask = await adminWith({ queries: { active: () => [query()], prewarmed: async () => null } });
    expect(await ask('/metrics?x=1')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4' },
      body: 'active 1\n',
    });
  });

  it('lists the queries that wait and run', async () => {
    const active = [query(), query({ phase: 'queued', sessionId: null, turns: 0, costUsd: null })];
    const ask = await adminWith({ queries: { active: () => active, prewarmed: async () => null } });
    const { status, body } = await ask('/runs');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual(active);
  });

  it('lists them without secrets, and nothing in it acts on a terminal', async () => {
    const caller = { ...query().caller, client: 'tk-9f2c7d10 \u001B[31m\u202Eevil\u2028' };
    const ask = await adminWith({
      queries: { active: () => [query({ caller, cwd: '/srv/tk-9f2c7d10' })], prewarmed: async () => null },
      redact: (text) => text.replaceAll('tk-9f2c7d10', '[REDACTED]'),
    });
    const { body } = await ask('/runs');
    expect(body).toMatch(/^[\u0020-\u007E]+\n$/);
    expect(JSON.parse(body)).toMatchObject([
      { cwd: '/srv/[REDACTED]', caller: { client: '[REDACTED] \u001B[31m\u202Eevil\u2028' } },
    ]);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const ask = await adminWith();
    const { status, headers, body } = await ask('/metrics', { method: 'HEAD' });
    expect({ status, body, length: headers['content-length'] }).toEqual({ status: 200, body: '', length: '9' });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('lets nobody change anything with %s', async (method) => {
    const ask = await adminWith();
    const { status, headers, body } = await ask('/runs', { method });
    expect(status).toBe(405);
    expect(headers).toMatchObject({ allow: 'GET, HEAD' });
    expect(JSON.parse(body)).toMatchObject({ status: 'error', error_code: 'bad_request' });
  });

  it.each(['/', '/runs/', '/Metrics', '//metrics', '/%6detrics', '/mcp'])('has nothing at %s', async (path) => {
    const ask = await adminWith();
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({
      status: 'error',
      error_code: 'not_found',
      message: 'there are /healthz, /readyz, /metrics, /runs and no others',
      details: {},
    });
  });

  it.each(['evil.example', 'evil.example:8002', '127.0.0.1.evil.example', 'localhost@evil.example'])(
    'tells nothing to a page that came by the name "%s"',
    async (host) => {
      const ask = await adminWith();
      for (const path of ['/healthz', '/metrics', '/runs', '/nothing']) {
        const { status, body } = await ask(path, { headers: { host } });
        expect(status).toBe(403);
        expect(JSON.parse(body)).toMatchObject({ status: 'error', error_code: 'forbidden' });
      }
    },
  );

  it.each(['localhost', '127.0.0.1:1', '[::1]:8002'])('is served as %s', async (host) => {
    const ask = await adminWith();
    expect((await ask('/healthz', { headers: { host } })).status).toBe(200);
  });

  it('allows no page of another origin to read', async () => {
    const ask = await adminWith();
    const { headers } = await ask('/runs', { headers: { origin: 'https://evil.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  it('goes on when a page fails, and tells its own side alone why', async () => {
    const errors: unknown[] = [];
    const ask = await adminWith({
      metrics: { page: () => Promise.reject(new Error('tk-9f2c7d10')), contentType: 'text/plain' },
      onError: (error) => void errors.push(error),
    });
    const { status, body } = await ask('/metrics');
    expect(status).toBe(500);
    expect(body).not.toContain('tk-9f2c7d10');
    expect(errors).toEqual([new Error('tk-9f2c7d10')]);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('names the flag when the port is taken', async () => {
    const first = await startAdmin(IDLE);
    onTestFinished(() => first.close());
    const second = startAdmin({ ...IDLE, port: Number(first.url.port) });
    await expect(second).rejects.toMatchObject({ code: 'usage' });
    await expect(second).rejects.toThrow('--admin-port');
  });
});
