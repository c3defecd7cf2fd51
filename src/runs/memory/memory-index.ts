import { hasEnded, type KeptRun, type RunEntry } from '../run-entry.ts';
import type { RunFilter, RunIndex, Session } from '../run-index.ts';

/** Sessions whose owners are known, the newest: as many as one process makes in weeks. */
const MOST_SESSIONS = 100_000;

/** An index that goes with the process. */
export function createMemoryIndex(mostSessions = MOST_SESSIONS): RunIndex {
  /** In the order they were added. */
  const runs = new Map<string, KeptRun>();
  /** The ids of those that have a key. */
  const keys = new Map<string, string>();
  const owners = new Map<string, string>();

  function findKey(subject: string, key: string): KeptRun | null {
    return runs.get(keys.get(keyOf(subject, key)) ?? '') ?? null;
  }

  return {
    add(run) {
      const known = run.key === null ? null : findKey(run.subject, run.key);
      if (known !== null) return known;
      runs.set(run.runId, { ...run, report: null });
      if (run.key !== null) keys.set(keyOf(run.subject, run.key), run.runId);
      return null;
    },
    change(runId, change) {
      const run = runs.get(runId);
      if (run !== undefined) runs.set(runId, { ...run, ...change });
    },
    remove(runId) {
      const run = runs.get(runId);
      if (run === undefined) return;
      runs.delete(runId);
      if (run.key !== null) keys.delete(keyOf(run.subject, run.key));
    },
    find: (runId) => runs.get(runId) ?? null,
    findKey,
    list(filter, limit, cursor) {
      const all = [...runs.values()].filter((run) => fits(run, filter)).toReversed();
      const { items, next } = sliceOf(all, ({ runId }) => runId, limit, cursor);
      return { runs: items, next };
    },
    excess({ runs: most, bytes, ageMs }) {
      const oldest = new Date(Date.now() - ageMs).toISOString();
      const ended = [...runs.values()].filter(hasEnded).toReversed().toSorted(byEnd);
      const isKept = (run: RunEntry, index: number): boolean => index < most && timeOf(run) > oldest;
      let size = 0;
      const tooMuch = ended.filter((run) => (size += run.size) > bytes && run.size > 0);
      return {
        runs: ended.filter((run, index) => !isKept(run, index)).map(({ runId }) => runId),
        records: tooMuch.map(({ runId }) => runId),
      };
    },
    sessions(subject, limit, cursor) {
      const all = sessionsOf([...runs.values()].filter((run) => run.subject === subject));
      const { items, next } = sliceOf(all, ({ sessionId }) => sessionId, limit, cursor);
      return { sessions: items, next };
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

/** What comes after the item that the cursor names, and the cursor for what comes then. */
function sliceOf<Item>(items: readonly Item[], nameOf: (item: Item) => string, limit: number, cursor: string | null) {
  const before = cursor === null ? -1 : items.findIndex((item) => nameOf(item) === cursor);
  const start = cursor !== null && before === -1 ? items.length : before + 1;
  const slice = items.slice(start, start + limit);
  const last = slice.at(-1);
  return { items: slice, next: last === undefined || start + limit >= items.length ? null : nameOf(last) };
}

/** The one used last first. @param runs in the order they came */
function sessionsOf(runs: readonly KeptRun[]): Session[] {
  const sessions = new Map<string, Session>();
  for (const { sessionId, runId, state, receivedAt, costUsd } of runs) {
    if (sessionId === null) continue;
    const known = sessions.get(sessionId);
    sessions.delete(sessionId);
    sessions.set(sessionId, {
      sessionId,
      runs: (known?.runs ?? 0) + 1,
      firstAt: known?.firstAt ?? receivedAt,
      lastAt: receivedAt,
      lastRunId: runId,
      lastState: state,
      costUsd: (known?.costUsd ?? 0) + (costUsd ?? 0),
    });
  }
  return [...sessions.values()].toReversed();
}
