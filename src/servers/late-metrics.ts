import type { Metrics } from './metrics.ts';
import { passingOn } from './queries/observers.ts';

/** Metrics that are loaded late: what is to be counted before is held until then. */
export interface LateMetrics extends Pick<Metrics, 'observer' | 'refusedRequests'> {
  /** Loads them, which takes 20 ms: a server that listens already lets nobody wait for that. To be called once. */
  load(): Promise<Metrics>;
}

/** Counts nothing, and holds all, until they are loaded. */
export function lateMetrics(): LateMetrics {
  const held: ((metrics: Metrics) => void)[] = [];
  let loaded: Metrics | null = null;

  function tell(count: (metrics: Metrics) => void): void {
    if (loaded === null) held.push(count);
    else count(loaded);
  }

  return {
    observer: passingOn((one) => tell(({ observer }) => one(observer))),
    refusedRequests: (status) => tell((metrics) => metrics.refusedRequests(status)),
    async load() {
      const { createMetrics } = await import('./metrics.ts');
      const metrics = createMetrics();
      loaded = metrics;
      for (const count of held.splice(0)) count(metrics);
      return metrics;
    },
  };
}
