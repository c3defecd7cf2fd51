import type { KeptRun, RunEntry } from './run-entry.ts';
import type { RunFilter, Session } from './run-index.ts';

/** A run and its number in the order that runs came, which is the cursor of lists. */
export interface Numbered {
  readonly nth: number;
  readonly run: KeptRun;
}

/** Whether a run passes a filter. */
export function fits(run: RunEntry, { subject, states, sessionId, labels = {}, since, until }: RunFilter): boolean {
  if (subject !== undefined && run.subject !== subject) return false;
  if (states !== undefined && !states.includes(run.state)) return false;
  if (sessionId !== undefined && run.sessionId !== sessionId) return false;
  if (since !== undefined && run.receivedAt < since) return false;
  if (until !== undefined && run.receivedAt >= until) return false;
  return Object.entries(labels).every(([name, value]) => run.labels[name] === value);
}

/** The first items, of a list with the newest first, that come after a cursor; and the cursor of the next page. */
export function pageOf<Item extends { readonly nth: number }>(
  items: readonly Item[],
  limit: number,
  cursor: string | null,
) {
  const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor);
  const older = items.filter(({ nth }) => nth < before);
  const last = older[limit - 1];
  return { items: older.slice(0, limit), next: older.length > limit && last !== undefined ? String(last.nth) : null };
}

/** The sessions of a subject, the one used last first. @param runs in the order they came */
export function sessionsOf(runs: readonly Numbered[], subject: string) {
  const sessions = new Map<string, { readonly nth: number; readonly session: Session }>();
  for (const { nth, run } of runs) {
    const { sessionId, runId, state, receivedAt, costUsd } = run;
    if (sessionId === null || run.subject !== subject) continue;
    const known = sessions.get(sessionId)?.session;
    sessions.delete(sessionId);
    const session: Session = {
      sessionId,
      runs: (known?.runs ?? 0) + 1,
      firstAt: known?.firstAt ?? receivedAt,
      lastAt: receivedAt,
      lastRunId: runId,
      lastState: state,
      costUsd: (known?.costUsd ?? 0) + (costUsd ?? 0),
    };
    sessions.set(sessionId, { nth, session });
  }
  return [...sessions.values()].toReversed();
}
