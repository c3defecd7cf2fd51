import type { KeptRun } from '../../runs/run-entry.ts';
import type { Query, QueryEnd } from '../observer.ts';
import { refusalOf } from '../refusal.ts';
import { isTakenDown } from './new-run.ts';

const ENDS = ['finished', 'timeout', 'cancelled', 'disconnected', 'shutdown', 'refused'] as const;

/** A run of a server that is dead, as observers are told of queries. */
export function keptQuery(run: KeptRun): { readonly query: Query; readonly end: QueryEnd } {
  const { runId, subject, asked, receivedAt, startedAt, endedAt, report, failure } = run;
  const lasted = (from: string | null, to: string | null): number =>
    from === null || to === null ? 0 : Math.max(0, Date.parse(to) - Date.parse(from));
  return {
    query: { ...(isTakenDown(asked) ? asked : unreadable(subject)), runId, receivedAt },
    end: {
      ended: ENDS.find((end) => end === run.ended) ?? 'interrupted',
      ending: report && { ...report.outcome, report, clipped: { strings: 0, characters: 0 } },
      refusal: failure && refusalOf(failure),
      queuedMs: lasted(receivedAt, startedAt ?? endedAt),
      durationMs: report?.executionTime ?? 0,
      firstMessageMs: null,
    },
  };
}

/** What is known of a query all the same. */
function unreadable(subject: string): Pick<Query, 'caller' | 'cwd' | 'request'> {
  return { caller: { subject, transport: 'http', protocol: 'unknown', client: null }, cwd: null, request: null };
}
