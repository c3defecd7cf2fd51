import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Report } from '../outcome/report-schema.ts';
import type { PoolState } from '../run/pool.ts';
import { VERSION } from '../version.ts';
import { type ActiveQuery, countActive } from './active-query.ts';
import type { QueryEnd, Query, Observer } from './observer.ts';
import { quotaKindOf } from './caller-quotas.ts';

/** Figures about queries and this process, in the text format of Prometheus. */
export interface Metrics {
  readonly observer: Observer;
  /** Counts a request that was refused before it was read, by its status of HTTP. */
  refusedRequests(status: number): void;
  /** The page as it is now, given who waits and runs, and the claudes that wait for them. */
  page(active: readonly ActiveQuery[], pool?: PoolState | null): Promise<string>;
  readonly contentType: string;
}

/** Seconds: a run may take anything from a moment to minutes. */
const RUN_BUCKETS = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600];
/** Seconds: claude itself needs half of one to start. */
const START_BUCKETS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60];
/** Seconds: most get their turn at once. */
const QUEUE_BUCKETS = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300];

/** Bytes: claude takes some 200 MiB from the start. */
const MEMORY_BUCKETS = [128, 256, 384, 512, 768, 1024, 1536, 2048, 4096, 8192].map(
  (mebibytes) => mebibytes * 1024 * 1024,
);

/** Milliseconds between two looks at the event loop's delay: each wakes the process, an idle one too. */
const LOOP_LOOKS_MS = 100;

/**
 * Starts counting from zero. No caller has a say in the values of labels, so that none can make the page longer. It
 * keeps no process alive.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const { running, queued, refusedRequests, ...counts } = queryMetrics(registry);
  const showPool = poolMetrics(registry);
  /** Queries that found no room when they came, and have not ended. */
  const waiters = new Set<string>();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOKS_MS });
  return {
    observer: {
      queued: ({ runId }) => void waiters.add(runId),
      ended(query, end) {
        // A refused request neither waited nor ran.
        if (waiters.delete(query.runId) || end.ending !== null) counts.waits.observe(end.queuedMs / 1000);
        count(counts, query, end);
      },
      calledBack(_, { outcome, attempts }) {
        counts.callbacks.inc({ outcome });
        counts.callbackAttempts.inc(attempts);
      },
    },
    refusedRequests: (status) => refusedRequests.inc({ status }),
    page(active, pool) {
      const now = countActive(active);
      queued.set(now.queued);
      running.set(now.running);
      showPool(pool);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** How the pool of prewarmed claudes is shown; without one, it is empty. */
function poolMetrics(registry: Registry): (pool?: PoolState | null) => void {
  const registers = [registry];
  const spares = new Gauge({ name: 'sluice_prewarmed', help: 'Claudes that wait for a query now.', registers });
  const memory = new Gauge({
    name: 'sluice_prewarmed_memory_bytes',
    help: 'Memory that they and what they started take, where that can be told.',
    registers,
  });
  const starts = new Counter({
    name: 'sluice_starts_total',
    help: 'Starts of claude for a query: warm where it had waited, else cold; counted with --prewarm.',
    labelNames: ['kind'],
    registers,
  });
  return (pool) => {
    spares.set(pool?.spares ?? 0);
    memory.set(pool?.memory ?? 0);
    starts.reset();
    for (const kind of ['warm', 'cold'] as const) starts.inc({ kind }, pool?.served[kind] ?? 0);
  };
}

function count(counts: QueryCounts, { caller }: Query, end: QueryEnd): void {
  const { ended, ending, refusal, durationMs, firstMessageMs } = end;
  counts.queries.inc({ outcome: ending?.class ?? 'none', ended, transport: caller.transport });
  if (refusal !== null) {
    counts.refusals.inc({ error_code: refusal.errorCode });
    const quota = quotaKindOf(refusal);
    if (quota !== null) counts.quotas.inc({ quota });
  }
  if (ending === null) return;
  counts.durations.observe(durationMs / 1000);
  const { cpuMs, peakMemoryBytes } = ending.report.claude;
  counts.processorTime.inc((cpuMs ?? 0) / 1000);
  if (peakMemoryBytes !== null) counts.peakMemory.observe(peakMemoryBytes);
  if (firstMessageMs !== null) counts.firstMessages.observe(firstMessageMs / 1000);
  countReport(counts, ending.report);
}

function countReport({ tokens, cost, cached, retries, redactions, denials }: QueryCounts, report: Report): void {
  for (const [name, kind] of TOKEN_KINDS) tokens.inc({ kind }, noLess(report.usage[name]));
  cost.inc(noLess(report.totalCostUsd ?? 0));
  if (report.cached !== undefined) cached.inc();
  for (const { by } of report.attempts) retries.inc({ by });
  for (const [kind, times] of Object.entries(report.redactions.byKind)) redactions.inc({ kind }, times);
  denials.inc(report.permissionDenials.length);
}

const TOKEN_KINDS = [
  ['inputTokens', 'input'],
  ['outputTokens', 'output'],
  ['cacheReadInputTokens', 'cache_read'],
  ['cacheCreationInputTokens', 'cache_creation'],
] as const satisfies readonly (readonly [keyof Report['usage'], string])[];

/** A counter takes no negative number, and these are claude's word. */
function noLess(amount: number): number {
  return Math.max(0, amount);
}

type QueryCounts = Omit<ReturnType<typeof queryMetrics>, 'running' | 'queued' | 'refusedRequests'>;

function queryMetrics(registry: Registry) {
  const registers = [registry];
  const counter = <const Label extends string = never>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <const Label extends string = never>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });

  gauge('sluice_build_info', 'Which sluice this is.', 'version').set({ version: VERSION }, 1);
  const metrics = {
    running: gauge('sluice_queries_active', 'Queries that run now.'),
    queued: gauge('sluice_queries_queued', 'Queries that wait for their turn now.'),
    queries: counter(
      'sluice_queries_total',
      'Queries by outcome (none where nothing was started), how they ended, and transport.',
      'outcome',
      'ended',
      'transport',
    ),
    refusedRequests: counter(
      'sluice_requests_refused_total',
      'Requests refused before they were read, by HTTP status.',
      'status',
    ),
    refusals: counter('sluice_refusals_total', 'Queries that were not carried out, by error code.', 'error_code'),
    quotas: counter('sluice_quota_refusals_total', 'Queries that a quota stood in the way of, by its kind.', 'quota'),
    durations: histogram('sluice_query_duration_seconds', 'Time from the turn of a query to its end.', RUN_BUCKETS),
    firstMessages: histogram(
      'sluice_time_to_first_message_seconds',
      'Time from the turn of a query to the first message of claude.',
      START_BUCKETS,
    ),
    processorTime: counter(
      'sluice_claude_cpu_seconds_total',
      'Processor time of claude and of the children it waited for.',
    ),
    peakMemory: histogram(
      'sluice_claude_peak_memory_bytes',
      'The most memory that claude itself took for a query.',
      MEMORY_BUCKETS,
    ),
    waits: histogram('sluice_queue_wait_seconds', 'Time that a query waited for its turn.', QUEUE_BUCKETS),
    tokens: counter('sluice_tokens_total', 'Tokens by kind.', 'kind'),
    cost: counter('sluice_cost_usd_total', "Dollars spent, by claude's own estimate."),
    cached: counter(
      'sluice_cached_answers_total',
      'Queries that were given the answer of an earlier run; with --cache.',
    ),
    retries: counter('sluice_retries_total', 'Retries, of API calls by claude and of whole runs by sluice.', 'by'),
    redactions: counter('sluice_redactions_total', 'Secrets that were masked, by kind.', 'kind'),
    denials: counter('sluice_denials_total', 'Calls of tools that were not permitted.'),
    callbacks: counter(
      'sluice_callbacks_total',
      'Programs that were to be told of the end of a query, by whether they were.',
      'outcome',
    ),
    callbackAttempts: counter('sluice_callback_attempts_total', 'Tries to tell them.'),
  };
  // Rates need a zero to begin with.
  for (const [, kind] of TOKEN_KINDS) metrics.tokens.inc({ kind }, 0);
  for (const by of ['claude', 'sluice'] as const) metrics.retries.inc({ by }, 0);
  for (const outcome of ['delivered', 'failed', 'left'] as const) metrics.callbacks.inc({ outcome }, 0);
  return metrics;
}
