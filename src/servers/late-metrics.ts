import type { Metrics } from './metrics.ts';
import type { Observer } from './observer.ts';

/** Metrics that count all that happens, also before there is what counts it. */
export interface LateMetrics extends Pick<Metrics, 'refusedRequests'> {
  readonly observer: Observer;
  /** Loads what counts, which takes 20 ms: a server that listens by then lets nobody wait for it. To be called once. */
  load(): Promise<Metrics>;
}

export function lateMetrics(): LateMetrics {
  const held: ((metrics: Metrics) => void)[] = [];
  let loaded: Metrics | null = null;

  function tell(count: (metrics: Metrics) => void): void {
    if (loaded === null) held.push(count);
    else count(loaded);
  }

  return {
    observer: {
      queued: (query) => tell(({ observer }) => observer.queued?.(query)),
      ended: (query, end) => tell(({ observer }) => observer.ended(query, end)),
      calledBack: (query, result) => tell(({ observer }) => observer.calledBack?.(query, result)),
    },
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
