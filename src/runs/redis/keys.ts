import { requestKey } from '../../request/request-key.ts';

/** The version of what is stored under these keys; replicas of another version can't read all of it. */
export const STORE_VERSION = '1';

/** The names of all keys of one fleet of replicas. Callers, their idempotency keys and sessions are hashed in them. */
export interface Keys {
  readonly version: string;
  /** A hash with what is known of a run; streams with its recorded events, and with the pieces between them. */
  run(runId: string): string;
  events(runId: string): string;
  pieces(runId: string): string;
  /** Exists while any replica says that somebody follows a run. */
  followed(runId: string): string;
  /** Hashes with the calls of tools that wait for an approval, and with the answers. */
  approvals(runId: string): string;
  answers(runId: string): string;
  /** The id of the run that a caller began with an idempotency key. */
  key(subject: string, key: string): string;
  /** The runs of a caller, in the order they came; and what the caller has used. */
  of(subject: string): string;
  account(subject: string): string;
  /** Whose a session is, and its runs that have not ended. */
  session(sessionId: string): string;
  going(sessionId: string): string;
  /** All replicas by the time at which each counts as dead; and the runs that one of them is to see to. */
  readonly replicas: string;
  held(replica: string): string;
  /** Runs that have ended, by when they did; those whose events are kept; and the bytes of all these. */
  readonly ended: string;
  readonly recorded: string;
  readonly bytes: string;
  readonly counter: string;
  /** Channels: something is new of a run; a call of it waits for an approval; a replica is to look at its runs. */
  wake(runId: string): string;
  asked(runId: string): string;
  to(replica: string): string;
}

/** @param name of the fleet */
export function keysOf(name: string): Keys {
  const at = (...parts: readonly string[]): string => ['sluice-runs', name, ...parts].join(':');
  const hidden = (value: object): string => requestKey(value).slice('sha256:'.length);
  return {
    version: at('version'),
    run: (runId) => at('run', runId),
    events: (runId) => at('events', runId),
    pieces: (runId) => at('pieces', runId),
    followed: (runId) => at('followed', runId),
    // By the name that replicas of earlier versions know.
    approvals: (runId) => at('questions', runId),
    answers: (runId) => at('answers', runId),
    key: (subject, key) => at('key', hidden({ subject, key })),
    of: (subject) => at('of', hidden({ subject })),
    account: (subject) => at('account', hidden({ subject })),
    session: (sessionId) => at('session', hidden({ sessionId })),
    going: (sessionId) => at('going', hidden({ sessionId })),
    replicas: at('replicas'),
    held: (replica) => at('held', replica),
    ended: at('ended'),
    recorded: at('recorded'),
    bytes: at('bytes'),
    counter: at('counter'),
    wake: (runId) => at('wake', runId),
    asked: (runId) => at('asked', runId),
    to: (replica) => at('to', replica),
  };
}
