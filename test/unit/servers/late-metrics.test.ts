import { expect, it } from 'vitest';
import { lateMetrics } from '../../../src/servers/late-metrics.ts';
import { samplesOf } from '../../support/metrics-page.ts';
import { endOf, queryOf } from './queries-seen.ts';

const CALLED_BACK = {
  host: 'a:443',
  outcome: 'delivered',
  attempts: 3,
  status: 200,
  error: null,
  durationMs: 1,
} as const;

it('counts what happened before it was loaded, and what happens then', async () => {
  const late = lateMetrics();
  late.refusedRequests(401);
  late.observer.ended(queryOf(), endOf());
  late.observer.calledBack?.(queryOf(), CALLED_BACK);
  const metrics = await late.load();
  late.refusedRequests(401);
  late.observer.ended(queryOf(), endOf());
  late.observer.calledBack?.(queryOf(), CALLED_BACK);
  const page = await metrics.page([]);
  expect(Object.values(samplesOf(page, 'sluice_requests_refused_total'))).toEqual([2]);
  expect(Object.values(samplesOf(page, 'sluice_queries_total'))).toEqual([2]);
  expect(samplesOf(page, 'sluice_callback_attempts_total')).toEqual({ sluice_callback_attempts_total: 6 });
});
