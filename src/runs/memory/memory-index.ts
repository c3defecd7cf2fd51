import { hasEnded, type KeptRun, type RunEntry, withoutReport } from '../run-entry.ts';
import type { RunFilter, RunIndex, Session } from '../run-index.ts';

/** Sessions whose owners are known, the newest: as many as one process makes in weeks. */
const MOST_SESSIONS = 100_000;

/** A run, and how many had come when it did: a cursor. */
interface Numbered {
  readonly nth: number;
  readonly run: KeptRun;
}

/** An index that goes with the process. */
export function createMemoryIndex(mostSessions = MOST_SESSIONS): RunIndex {
  /** In the order they were added. */
  const runs = new Map<string, Numbered>();
  /** The ids of those that have a key. */
  const keys = new Map<string, string>();
  const owners = new Map<string, string>();
  let added = 0;

  function findKey(subject: string, key: string): KeptRun | null {
    return runs.get(keys.get(keyOf(subject, key)) ?? '')?.run ?? null;
  }

  return {
    add(run) {
      const known = run.key === null ? null : findKey(run.subject, run.key);
      if (known !== null) return known;
      runs.set(run.runId, { nth: ++added, run: { ...run, report: null } });
      if (run.key !== null) keys.set(keyOf(run.subject, run.key), run.runId);
      return null;
    },
    change(runId, change) {
      const known = runs.get(runId);
      if (known === undefined) return false;
      runs.set(runId, { ...known, run: { ...known.run, ...change } });
      return true;
    },
    remove(runId) {
      const run = runs.get(runId)?.run;
      runs.delete(runId);
      if (run !== undefined && run.key !== null) keys.delete(keyOf(run.subject, run.key));
    },
    find: (runId) => runs.get(runId)?.run ?? null,
    findKey,
    list(filter, limit, cursor) {
      const found = [...runs.values()].filter(({ run }) => fits(run, filter)).toReversed();
      const { items, next } = pageOf(found, limit, cursor);
      return { runs: items.map(({ run }) => withoutReport(run)), next };
    },
    sessions(subject, limit, cursor) {
      const { items, next } = pageOf(sessionsOf([...runs.values()], subject), limit, cursor);
      return { sessions: items.map(({ session }) => session), next };
    },
    excess({ runs: most, bytes, ageMs }) {
      const oldest = new Date(Date.now() - ageMs).toISOString();
      const ended = [...runs.values()]
        .map(({ run }) => run)
        .filter(hasEnded)
        .toReversed()
        .toSorted(byEnd);
      const isKept = (run: RunEntry, index: number): boolean => index < most && timeOf(run) > oldest;
      let size = 0;
      const tooMuch = ended.filter((run) => (size += run.size) > bytes && run.size > 0);
      return {
        runs: ended.filter((run, index) => !isKept(run, index)).map(({ runId }) => runId),
        records: tooMuch.map(({ runId }) => runId),
      };
    },
    ownerOf: (sessionId) => owners.get(sessionId) ?? null,
    claim(sessionId, subject) {
      const owner = owners.get(sessionId) ?? subject;
      // Used again, it is among the newest again.
      owners.delete(sessionId);
      owners.set(sessionId, owner);
      const [oldest] = owners.keys();
      if (owners.size > mostSessions && oldest !== undefined) owners.delete(oldest);
    },
    close() {},
  };
}

const keyOf = (subject: string, key: string): string => JSON.stringify([subject, key]);

const timeOf = ({ endedAt, receivedAt }: RunEntry): string => endedAt ?? receivedAt;

/** The last one to end first. */
function byEnd(one: RunEntry, other: RunEntry): number {
  if (timeOf(one) === timeOf(other)) return 0;
  return timeOf(one) < timeOf(other) ? 1 : -1;
}

function fits(run: RunEntry, { subject, states, sessionId, labels = {}, since, until }: RunFilter): boolean {
  if (subject !== undefined && run.subject !== subject) return false;
  if (states !== undefined && !states.includes(run.state)) return false;
  if (sessionId !== undefined && run.sessionId !== sessionId) return false;
  if (since !== undefined && run.receivedAt < since) return false;
  if (until !== undefined && run.receivedAt >= until) return false;
  return Object.entries(labels).every(([name, value]) => run.labels[name] === value);
}

/** So many of what is older than a cursor says, the newest first, and the cursor for what comes then. */
function pageOf<Item extends { readonly nth: number }>(items: readonly Item[], limit: number, cursor: string | null) {
  const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor);
  const older = items.filter(({ nth }) => nth < before);
  const last = older[limit - 1];
  return { items: older.slice(0, limit), next: older.length > limit && last !== undefined ? String(last.nth) : null };
}

/** The sessions of a subject, the one used last first. @param runs in the order they came */
function sessionsOf(runs: readonly Numbered[], subject: string) {
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
