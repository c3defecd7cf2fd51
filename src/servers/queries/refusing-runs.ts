import type { AnyRuns, Awaitable } from '../../runs/any-runs.ts';
import { Refusal } from '../refusal.ts';

/** Seconds after which it makes sense to ask again. */
const RETRY_AFTER = 2;

/**
 * Runs that are kept elsewhere. While they can't be looked up there, whoever asks is refused, in words of this server's own.
 * @param onFault told why
 */
export function refusingRuns(runs: AnyRuns, onFault: (error: unknown) => void): AnyRuns {
  function refused(error: unknown): Refusal {
    onFault(error);
    return runsAway();
  }

  async function asking<Value>(ask: () => Awaitable<Value>): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      throw refused(error);
    }
  }

  return {
    ...runs,
    begin: (run, isAlone) => asking(() => runs.begin(run, isAlone)),
    find: (runId) => asking(() => runs.find(runId)),
    findKey: (subject, key) => asking(() => runs.findKey(subject, key)),
    list: (filter, limit, cursor) => asking(() => runs.list(filter, limit, cursor)),
    sessions: (subject, limit, cursor) => asking(() => runs.sessions(subject, limit, cursor)),
    ownerOf: (sessionId) => asking(() => runs.ownerOf(sessionId)),
    async *messages(run) {
      try {
        yield* runs.messages(run);
      } catch (error) {
        throw refused(error);
      }
    },
    ended: (runId, signal) => asking(() => runs.ended(runId, signal)),
    bundle: (run) => asking(() => runs.bundle(run)),
    ...(runs.elsewhere === undefined ? {} : { elsewhere: (id) => asking(() => runs.elsewhere?.(id) ?? null) }),
    ...(runs.giveUp === undefined ? {} : { giveUp: (runId, reason) => asking(() => runs.giveUp?.(runId, reason)) }),
  };
}

/** What somebody is told who asks for what can't be looked up now. */
export function runsAway(): Refusal {
  const message = 'what this server knows of runs cannot be looked up now; ask again';
  return new Refusal('unavailable', message, { reason: 'runs_away', retryAfter: RETRY_AFTER });
}
