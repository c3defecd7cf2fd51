import { fits, type Numbered, pageOf, sessionsOf } from '../numbered.ts';
import { hasEnded, type KeptRun, type RunEntry, withoutReport } from '../run-entry.ts';
import type { RunIndex } from '../run-index.ts';

/** Sessions whose owners are known, the newest: as many as one process makes in weeks. */
const MOST_SESSIONS = 100_000;

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
