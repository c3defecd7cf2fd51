import { describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../../src/servers/metrics.ts';
import type { ActiveQuery } from '../../../src/servers/active-query.ts';
import { Refusal } from '../../../src/servers/refusal.ts';
import { VERSION } from '../../../src/version.ts';
import { readMetrics, samplesOf } from '../../support/metrics-page.ts';
import { apiRetry, assistant, init, rerun, result } from '../outcome/evidence.ts';
import { crash, endingOf, success } from '../sinks/endings.ts';
import { endOf, queryOf, refusedWith } from './queries-seen.ts';

const viaHttp = { caller: { ...queryOf().caller, transport: 'http' } } as const;

/** What a page says of some metrics once they have seen what there is to see. */
async function counted(feed: (observer: Metrics['observer']) => void, ...names: string[]): Promise<unknown> {
  const metrics = createMetrics();
  feed(metrics.observer);
  const page = await metrics.page([]);
  return Object.assign({}, ...names.map((name) => samplesOf(page, `sluice_${name}`)));
}

const activeQuery = (phase: ActiveQuery['phase']): ActiveQuery => ({
  runId: '11111111-2222-4333-8444-555555555555',
  sessionId: null,
  caller: queryOf().caller,
  phase,
  cwd: '/srv/project',
  elapsedMs: 10,
  turns: 0,
  costUsd: null,
});

describe('the metrics page', () => {
  it('is in the text format, and every metric has its help and type', async () => {
    const metrics = createMetrics();
    metrics.observer.ended(queryOf(), endOf());
    const read = readMetrics(await metrics.page([]));
    const ours = [...read].filter(([name]) => name.startsWith('sluice_'));
    expect(ours.map(([name, { type }]) => `${type} ${name}`)).toMatchInlineSnapshot(`
      [
        "gauge sluice_build_info",
        "gauge sluice_queries_active",
        "gauge sluice_queries_queued",
        "counter sluice_queries_total",
        "counter sluice_requests_refused_total",
        "counter sluice_refusals_total",
        "counter sluice_quota_refusals_total",
        "histogram sluice_query_duration_seconds",
        "histogram sluice_time_to_first_message_seconds",
        "counter sluice_claude_cpu_seconds_total",
        "histogram sluice_claude_peak_memory_bytes",
        "histogram sluice_queue_wait_seconds",
        "counter sluice_tokens_total",
        "counter sluice_cost_usd_total",
        "counter sluice_cached_answers_total",
        "counter sluice_retries_total",
        "counter sluice_redactions_total",
        "counter sluice_denials_total",
        "counter sluice_callbacks_total",
        "counter sluice_callback_attempts_total",
        "gauge sluice_prewarmed",
        "gauge sluice_prewarmed_memory_bytes",
        "counter sluice_starts_total",
      ]
    `);
    for (const [name, { help }] of ours) expect(`${name}: ${help}`).toMatch(/: [A-Z].+\.$/);
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('tells of the claudes that wait, and how runs were started', async () => {
    const state = { spares: 2, memory: 500, served: { warm: 3, cold: 1 } };
    const metrics = createMetrics();
    for (let look = 0; look < 2; look++) {
      const page = await metrics.page([], state);
      expect(samplesOf(page, 'sluice_prewarmed')).toEqual({ sluice_prewarmed: 2 });
      expect(samplesOf(page, 'sluice_prewarmed_memory_bytes')).toEqual({ sluice_prewarmed_memory_bytes: 500 });
      expect(samplesOf(page, 'sluice_starts_total')).toEqual({
        'sluice_starts_total{kind="warm"}': 3,
        'sluice_starts_total{kind="cold"}': 1,
      });
    }
  });

  it('has the process, and which sluice it is', async () => {
    const page = await createMetrics().page([]);
    expect(samplesOf(page, 'sluice_build_info')).toEqual({ [`sluice_build_info{version="${VERSION}"}`]: 1 });
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(readMetrics(page).get(name)?.samples.size).toBe(1);
  });

  it('counts queries by outcome, how they ended, and transport', async () => {
    const seen = await counted(
      ({ ended }) => {
        ended(queryOf(), endOf());
        ended(queryOf(), endOf());
        ended(queryOf({}, viaHttp), endOf(crash(), { ended: 'disconnected' }));
        ended(queryOf({}, viaHttp), refusedWith(new Refusal('rate_limited', 'too many')));
        ended(queryOf({}, { request: null }), refusedWith(new Refusal('validation_error', 'prompt: missing')));
        for (const quota of ['5usd/day', '9usd/day', '4runs']) {
          ended(queryOf(), refusedWith(new Refusal('rate_limited', 'no more', { reason: 'quota', quota })));
        }
      },
      'queries_total',
      'refusals_total',
      'quota_refusals_total',
    );
    expect(seen).toMatchInlineSnapshot(`
      {
        "sluice_queries_total{outcome="crashed",ended="disconnected",transport="http"}": 1,
        "sluice_queries_total{outcome="none",ended="refused",transport="http"}": 1,
        "sluice_queries_total{outcome="none",ended="refused",transport="stdio"}": 4,
        "sluice_queries_total{outcome="success",ended="finished",transport="stdio"}": 2,
        "sluice_quota_refusals_total{quota="runs"}": 1,
        "sluice_quota_refusals_total{quota="usd/day"}": 2,
        "sluice_refusals_total{error_code="rate_limited"}": 4,
        "sluice_refusals_total{error_code="validation_error"}": 1,
      }
    `);
  });

  it('puts times into buckets, of what has had them', async () => {
    const names = ['query_duration_seconds', 'time_to_first_message_seconds', 'queue_wait_seconds'];
    const seen = await counted(
      ({ queued, ended }) => {
        ended(queryOf(), endOf(success(), { queuedMs: 0, durationMs: 1_500, firstMessageMs: 700 }));
        ended(queryOf(), endOf(success(), { queuedMs: 7_000, durationMs: 900_000, firstMessageMs: null }));
        ended(queryOf(), refusedWith(new Refusal('forbidden', 'no'), { queuedMs: 2 }));
        const waiting = queryOf({}, { runId: 'waiting' });
        queued?.(waiting);
        ended(waiting, refusedWith(new Refusal('timeout', 'waited too long'), { queuedMs: 300_000 }));
      },
      ...names,
    );
    expect(seen).toMatchObject({
      'sluice_query_duration_seconds_bucket{le="1"}': 0,
      'sluice_query_duration_seconds_bucket{le="2.5"}': 1,
      'sluice_query_duration_seconds_bucket{le="600"}': 1,
      'sluice_query_duration_seconds_bucket{le="+Inf"}': 2,
      sluice_query_duration_seconds_sum: 901.5,
      'sluice_time_to_first_message_seconds_bucket{le="0.5"}': 0,
      'sluice_time_to_first_message_seconds_bucket{le="0.75"}': 1,
      sluice_time_to_first_message_seconds_count: 1,
      'sluice_queue_wait_seconds_bucket{le="0.01"}': 1,
      'sluice_queue_wait_seconds_bucket{le="10"}': 2,
      sluice_queue_wait_seconds_count: 3,
    });
  });

  it('adds up tokens, dollars, retries, masked secrets and denials', async () => {
    const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 30, cache_creation_input_tokens: 40 };
    const denied = { tool_name: 'Bash', tool_use_id: 't1', tool_input: {} };
    const ran = endingOf([
      init(),
      apiRetry(),
      apiRetry(),
      rerun(1),
      assistant('All is well.'),
      result({ total_cost_usd: 0.25, usage, permission_denials: [denied, denied] }),
    ]);
    const redactions = { total: 3, byKind: { 'env-secret': 1, jwt: 2 } };
    const ending = { ...ran, report: { ...ran.report, redactions } };
    const names = ['tokens_total', 'cost_usd_total', 'retries_total', 'redactions_total', 'denials_total'];
    const seen = await counted(
      ({ ended }) => {
        ended(queryOf(), endOf(ending));
        ended(queryOf(), endOf(ending));
      },
      ...names,
    );
    expect(seen).toMatchInlineSnapshot(`
      {
        "sluice_cost_usd_total": 0.5,
        "sluice_denials_total": 4,
        "sluice_redactions_total{kind="env-secret"}": 2,
        "sluice_redactions_total{kind="jwt"}": 4,
        "sluice_retries_total{by="claude"}": 4,
        "sluice_retries_total{by="sluice"}": 2,
        "sluice_tokens_total{kind="cache_creation"}": 80,
        "sluice_tokens_total{kind="cache_read"}": 60,
        "sluice_tokens_total{kind="input"}": 20,
        "sluice_tokens_total{kind="output"}": 40,
      }
    `);
  });

  it('takes no harm from figures that make no sense', async () => {
    const ending = endingOf([init(), result({ total_cost_usd: -1, usage: { input_tokens: -5, output_tokens: 7 } })]);
    const seen = await counted(({ ended }) => ended(queryOf(), endOf(ending)), 'tokens_total', 'cost_usd_total');
    expect(seen).toMatchObject({
      'sluice_tokens_total{kind="input"}': 0,
      'sluice_tokens_total{kind="output"}': 7,
      sluice_cost_usd_total: 0,
    });
  });

  it('tells who waits and runs right now', async () => {
    const metrics = createMetrics();
    const busy = await metrics.page(
      (['queued', 'queued', 'starting', 'running', 'stopping'] as const).map(activeQuery),
    );
    expect(samplesOf(busy, 'sluice_queries_active')).toEqual({ sluice_queries_active: 3 });
    expect(samplesOf(busy, 'sluice_queries_queued')).toEqual({ sluice_queries_queued: 2 });
    expect(samplesOf(await metrics.page([]), 'sluice_queries_active')).toEqual({ sluice_queries_active: 0 });
  });

  it('counts whom it told of the end of a query, and how often it tried', async () => {
    const result = { host: 'hooks.example.com', status: 200, error: null, durationMs: 5 };
    const page = await counted(
      ({ calledBack }) => {
        calledBack?.(queryOf(), { ...result, outcome: 'delivered', attempts: 3 });
        calledBack?.(queryOf(), { ...result, outcome: 'failed', attempts: 1 });
      },
      'callbacks_total',
      'callback_attempts_total',
    );
    expect(page).toMatchInlineSnapshot(`
      {
        "sluice_callback_attempts_total": 4,
        "sluice_callbacks_total{outcome="delivered"}": 1,
        "sluice_callbacks_total{outcome="failed"}": 1,
        "sluice_callbacks_total{outcome="left"}": 0,
      }
    `);
  });

  it('does not grow with what callers choose', async () => {
    const metrics = createMetrics();
    metrics.observer.ended(queryOf(), endOf());
    const linesOf = async (): Promise<number> =>
      [...readMetrics(await metrics.page([]))]
        .filter(([name]) => name.startsWith('sluice_'))
        .flatMap(([, { samples }]) => [...samples]).length;
    const before = await linesOf();
    for (let index = 0; index < 50; index++) {
      const caller = {
        subject: `s${index}`,
        transport: 'stdio',
        protocol: `mcp ${index}`,
        client: `c${index}`,
      } as const;
      const model = `model-${index}`;
      const denied = { tool_name: `Tool${index}`, tool_use_id: 't1', tool_input: {} };
      const ending = endingOf([init({ model }), result({ permission_denials: [denied], modelUsage: { [model]: {} } })]);
      metrics.observer.ended(queryOf({ model, cwd: `/${index}` }, { caller, cwd: `/${index}` }), endOf(ending));
    }
    expect(await linesOf()).toBe(before);
  });

  it('keeps no process alive', () => {
    const before = process.getActiveResourcesInfo().toSorted();
    createMetrics();
    expect(process.getActiveResourcesInfo().toSorted()).toEqual(before);
  });
});
