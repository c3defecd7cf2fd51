import type { Client } from '@modelcontextprotocol/client';
import { expect, it, vi } from 'vitest';
import { VERSION } from '../../../src/version.ts';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { startMcp } from '../../support/mcp.ts';
import { readMetrics, samplesOf } from '../../support/metrics-page.ts';
import { shared } from '../../support/shared.ts';
import { API_KEY } from '../../support/sluice.ts';
import { visit } from '../../support/visit.ts';

const good = [...begin, ...succeed];
const hanging = [...begin, { say: 'at work' }, { work: true }] as const;

function ask(client: Client, request: object = {}, signal?: AbortSignal): Promise<unknown> {
  return client.callTool(
    { name: 'claude_query', arguments: { prompt: 'hi', ...request } },
    { onprogress: () => {}, resetTimeoutOnProgress: true, ...(signal === undefined ? {} : { signal }) },
  );
}

it('/runs lists what runs and waits while it does, and /healthz counts it, and says that the server is closing while what runs is being stopped', async () => {
  const stubborn: readonly Step[] = [...begin, { ignore: ['SIGINT', 'SIGTERM'] }, { say: 'at work' }, { hang: true }];
  const fake = [hanging, stubborn];
  const { connect, adminUrl, home, kill, finished } = await startMcp('http', ['--max-runs', '1'], { fake });
  const client = await connect('modern', { name: `probe ${API_KEY}` });
  expect((await visit(adminUrl, '/runs')).body).toBe('[]\n');
  const cancel = new AbortController();
  for (let query = 0; query < 2; query++) ask(client, {}, cancel.signal).catch(() => {});
  const runs = await vi.waitFor(
    async () => {
      const { body } = await visit(adminUrl, '/runs');
      expect(JSON.parse(body)).toMatchObject([{ phase: 'running' }, { phase: 'queued' }]);
      return body;
    },
    { timeout: 30_000 },
  );
  const caller = { subject: 'local', transport: 'http', protocol: 'mcp 2026-07-28' };
  expect(JSON.parse(runs)).toMatchObject([
    { caller, cwd: home.project, sessionId: '11111111-2222-4333-8444-555555555555', costUsd: null },
    { caller, cwd: home.project, sessionId: null, turns: 0, costUsd: null },
  ]);
  expect(runs).not.toContain(API_KEY);
  expect(JSON.parse((await visit(adminUrl, '/healthz')).body)).toMatchObject({ status: 'ok', active: 1, queued: 1 });
  const busy = (await visit(adminUrl, '/metrics')).body;
  expect(samplesOf(busy, 'sluice_queries_active')).toEqual({ sluice_queries_active: 1 });
  expect(samplesOf(busy, 'sluice_queries_queued')).toEqual({ sluice_queries_queued: 1 });
  cancel.abort();
  await vi.waitFor(async () => expect((await visit(adminUrl, '/runs')).body).toBe('[]\n'), { timeout: 30_000 });

  ask(client).catch(() => {});
  await vi.waitFor(async () => expect((await visit(adminUrl, '/runs')).body).toContain('"running"'), {
    timeout: 30_000,
  });
  kill('SIGTERM');
  await vi.waitFor(async () => {
    const { status, body } = await visit(adminUrl, '/healthz');
    expect(JSON.parse(body)).toMatchObject({ status: 'closing', active: 1 });
    expect(status).toBe(503);
  });
  expect((await finished).exitCode).toBe(0);
});

it('/metrics has counted what queries did', async () => {
  const denied = { tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: {} };
  const fake = [
    [...good],
    [...begin, { say: `key ${API_KEY}` }, { result: { permission_denials: [denied] } }],
    // One that tells no cost.
    [...begin, { say: 'at work' }, { hang: true }],
  ] satisfies Step[][];
  const { connect, adminUrl } = await startMcp('http', [], { fake });
  const client = await connect('modern');
  await ask(client);
  await ask(client);
  await ask(client, { timeoutMs: 1500 });
  await ask(client, { cwd: '/etc' });
  await ask(client, { prompt: '' });
  const { status, headers, body } = await visit(adminUrl, '/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(body).not.toContain(API_KEY);
  expect(samplesOf(body, 'sluice_build_info')).toEqual({ [`sluice_build_info{version="${VERSION}"}`]: 1 });
  expect(samplesOf(body, 'sluice_queries_total')).toEqual({
    'sluice_queries_total{outcome="success",ended="finished",transport="http"}': 2,
    'sluice_queries_total{outcome="timeout",ended="timeout",transport="http"}': 1,
    'sluice_queries_total{outcome="none",ended="refused",transport="http"}': 2,
  });
  expect(samplesOf(body, 'sluice_refusals_total')).toEqual({
    'sluice_refusals_total{error_code="forbidden"}': 1,
    'sluice_refusals_total{error_code="validation_error"}': 1,
  });
  expect(samplesOf(body, 'sluice_denials_total')).toEqual({ sluice_denials_total: 1 });
  expect(samplesOf(body, 'sluice_cost_usd_total')).toEqual({ sluice_cost_usd_total: 0.002 });
  expect(Object.values(samplesOf(body, 'sluice_redactions_total'))).not.toEqual([]);
  expect(samplesOf(body, 'sluice_query_duration_seconds')).toMatchObject({ sluice_query_duration_seconds_count: 3 });
  const { sluice_time_to_first_message_seconds_count: firsts } = samplesOf(
    body,
    'sluice_time_to_first_message_seconds',
  );
  // On a slow machine the one that timed out has had none.
  expect(firsts).toBeGreaterThanOrEqual(2);
  expect(samplesOf(body, 'sluice_queue_wait_seconds')).toMatchObject({ sluice_queue_wait_seconds_count: 3 });
  expect(readMetrics(body).get('process_resident_memory_bytes')?.samples.size).toBe(1);
});

/** For all that leaves it as it was. */
const open = shared(() => startMcp('http', [], { fake: good }));

it('is closed to names that only lead to loopback, to other methods and other paths', async () => {
  const { adminUrl, url } = open();
  for (const path of ['/healthz', '/metrics', '/runs']) {
    expect(await visit(adminUrl, path, { headers: { host: 'evil.example' } })).toMatchObject({ status: 403 });
    expect(await visit(adminUrl, path, { method: 'POST' })).toMatchObject({ status: 405 });
    expect((await visit(url, path)).status).toBe(404);
  }
  expect((await visit(adminUrl, '/mcp')).status).toBe(404);
  expect(adminUrl.hostname).toBe('127.0.0.1');
});

it('is there over stdio only when it is asked for', async () => {
  const asked = await startMcp('stdio', ['--admin-port', '0'], { fake: good });
  const { url } = await asked.logs({ face: 'admin' });
  expect((await visit(new URL(String(url)), '/healthz')).status).toBe(200);

  const quiet = await startMcp('stdio', [], { fake: good });
  await (await quiet.connect('modern')).listTools();
  expect(quiet.log().filter(({ face }) => face === 'admin')).toEqual([]);
});

it('is refused with its flag when its port is taken', async () => {
  const { adminUrl } = open();
  const second = startMcp('stdio', ['--admin-port', adminUrl.port], { fake: good, endsWith: 2 });
  await expect(second.then(({ logs }) => logs({ face: 'admin' }))).rejects.toThrow(
    `something else listens there; choose another port with --admin-port`,
  );
});
