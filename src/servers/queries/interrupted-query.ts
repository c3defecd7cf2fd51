import type { KeptRun } from '../../runs/run-entry.ts';
import type { Query, QueryEnd } from '../observer.ts';
import { refusalOf } from '../refusal.ts';

/** A run whose server died with it, as observers are told of queries. */
export function interruptedQuery(run: KeptRun): { readonly query: Query; readonly end: QueryEnd } {
  const { runId, asked, receivedAt, startedAt, endedAt, report, failure } = run;
  const lasted = (from: string | null, to: string | null): number =>
    from === null || to === null ? 0 : Math.max(0, Date.parse(to) - Date.parse(from));
  return {
    // It was taken down as the query it was.
    query: { ...(asked as unknown as Omit<Query, 'runId' | 'receivedAt'>), runId, receivedAt },
    end: {
      ended: 'interrupted',
      ending: report && { ...report.outcome, report, clipped: { strings: 0, characters: 0 } },
      refusal: failure && refusalOf(failure),
      queuedMs: lasted(receivedAt, startedAt ?? endedAt),
      durationMs: report?.executionTime ?? 0,
      firstMessageMs: null,
    },
  };
}
