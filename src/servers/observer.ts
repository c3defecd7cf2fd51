import type { Ending } from '../sinks/sink.ts';
import type { RunEvent } from '../messages/types.ts';
import type { Caller } from './caller.ts';
import type { PromptTrace } from './prompt-trace.ts';
import type { QueryRequest } from '../request/query-schema.ts';
import type { Refusal } from './refusal.ts';

/** A query that was let in, or refused. */
export interface Query {
  readonly runId: string;
  readonly caller: Caller;
  /** Null when it could not be read. */
  readonly request: QueryRequest | null;
  /** What tells its prompt from others, where `request` has that only without its secrets; absent where it has it whole. */
  readonly promptTrace?: PromptTrace;
  /** The folder it works in, its symbolic links followed; null when it was refused before that was known. */
  readonly cwd: string | null;
  /** When it came, ISO 8601 in UTC. */
  readonly receivedAt: string;
}

/** How a query ended. */
export interface QueryEnd {
  /**
   * `finished` is whatever came of itself, also a limit; `interrupted` that its server died with it; the others say who
   * gave it up, or that it was never started.
   */
  readonly ended: 'finished' | 'timeout' | 'cancelled' | 'disconnected' | 'shutdown' | 'refused' | 'interrupted';
  /** Null when nothing was started. */
  readonly ending: Ending | null;
  readonly refusal: Refusal | null;
  /** Milliseconds it waited for its turn, it took from then on, and it took until the first message of claude. */
  readonly queuedMs: number;
  readonly durationMs: number;
  readonly firstMessageMs: number | null;
}

/** What came of telling a program that its query has ended. */
export interface CallbackResult {
  /** Whom it was to be told, with its port; null where that is not known any more. */
  readonly host: string | null;
  /** `left`: the server ended before; where runs are kept on disk, the next one goes on with it. */
  readonly outcome: 'delivered' | 'failed' | 'left';
  readonly attempts: number;
  /** What the last try was answered with; null where there was no answer. */
  readonly status: number | null;
  /** Why the last one failed; null where it did not. */
  readonly error: string | null;
  /** Milliseconds from the end of the query. */
  readonly durationMs: number;
}

/** Who is told what becomes of queries: audit, metrics, logs. It must not throw, and holds nothing up. */
export interface Observer {
  queued?(query: Query): void;
  started?(query: Query): void;
  message?(query: Query, event: RunEvent): void;
  ended(query: Query, end: QueryEnd): void;
  calledBack?(query: Query, result: CallbackResult): void;
}
