import { expect, it } from 'vitest';
import { lateMetrics } from '../../../src/servers/late-metrics.ts';
import { samplesOf } from '../../support/metrics-page.ts';
import { endOf, queryOf } from './queries-seen.ts';

it('counts what happened before it was loaded, and what happens then', async () => {
  const late = lateMetrics();
  late.refusedRequests(401);
  late.observer.ended(queryOf(), endOf());
  const metrics = await late.load();
  late.refusedRequests(401);
  late.observer.ended(queryOf(), endOf());
  const page = await metrics.page([]);
  expect(Object.values(samplesOf(page, 'sluice_requests_refused_total'))).toEqual([2]);
  expect(Object.values(samplesOf(page, 'sluice_queries_total'))).toEqual([2]);
});
