import { requestKey } from '../../request/request-key.ts';

/** The version of what stands under these keys: replicas of another one can't know what all of it means. */
export const STORE_VERSION = '1';

/** What the keys of one fleet of replicas are called. Callers and their keys stand in none of them as they are. */
export interface Keys {
  readonly version: string;
  /** What is known of a run, a hash; its recorded events and the pieces between them, streams. */
  run(runId: string): string;
  events(runId: string): string;
  pieces(runId: string): string;
  /** There while somebody follows a run. */
  followed(runId: string): string;
  /** Questions about calls of tools that are open, and what was answered; hashes. */
  questions(runId: string): string;
  answers(runId: string): string;
  /** The run that a caller's key is of. */
  key(subject: string, key: string): string;
  /** The runs of a caller, in the order they came, and what it has used. */
  of(subject: string): string;
  account(subject: string): string;
  /** Whose a session is, and its runs that have not ended. */
  session(sessionId: string): string;
  going(sessionId: string): string;
  /** Replicas with the time at which each counts as dead, and the runs that one carries out. */
  readonly replicas: string;
  held(replica: string): string;
  /** Runs that have ended by when they did, those of which there is a record, and the bytes of all records. */
  readonly ended: string;
  readonly recorded: string;
  readonly bytes: string;
  readonly counter: string;
  /** Channels: something is new of a run; something is asked about it; one of a replica's runs needs a look. */
  wake(runId: string): string;
  asked(runId: string): string;
  to(replica: string): string;
}

/** @param name that of the fleet */
export function keysOf(name: string): Keys {
  const at = (...parts: readonly string[]): string => ['sluice-runs', name, ...parts].join(':');
  const hidden = (value: object): string => requestKey(value).slice('sha256:'.length);
  return {
    version: at('version'),
    run: (runId) => at('run', runId),
    events: (runId) => at('events', runId),
    pieces: (runId) => at('pieces', runId),
    followed: (runId) => at('followed', runId),
    questions: (runId) => at('questions', runId),
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
