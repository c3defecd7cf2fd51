import type { KeptRun, RunChange, RunEntry, RunState } from './run-entry.ts';

/** Which runs are wanted; what is absent does not matter. */
export interface RunFilter {
  readonly subject?: string;
  readonly states?: readonly RunState[];
  readonly sessionId?: string;
  /** Those that have all of these. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Those received at this time or later, and before that one, ISO 8601 in UTC. */
  readonly since?: string;
  readonly until?: string;
}

/** Some runs, the newest first. */
export interface RunList {
  readonly runs: readonly RunEntry[];
  /** What to go on with; null at the end. */
  readonly next: string | null;
}

/** A session of claude's, by the runs of it that are kept. */
export interface Session {
  readonly sessionId: string;
  readonly runs: number;
  /** When the first and the last of them came, ISO 8601 in UTC. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** Where the last of them is. */
  readonly lastRunId: string;
  readonly lastState: RunState;
  readonly costUsd: number;
}

/** Some sessions, those used last first. */
export interface SessionList {
  readonly sessions: readonly Session[];
  /** What to go on with; null at the end. */
  readonly next: string | null;
}

/** How many runs that have ended are kept, how many bytes their records may take together, and for how long each. */
export interface KeepLimits {
  readonly runs: number;
  readonly bytes: number;
  readonly ageMs: number;
}

/** What is kept on disk, where nobody says anything. */
export const KEPT_ON_DISK: KeepLimits = { runs: 1_000, bytes: 256 * 1024 * 1024, ageMs: 7 * 24 * 60 * 60_000 };

/** What there is no room for, by the ids of runs. */
export interface Excess {
  /** Too many, or too old. */
  readonly runs: readonly string[];
  /** Those whose records take more than there is room for: what else is known of them stays. */
  readonly records: readonly string[];
}

/** What is remembered of runs, apart from their messages, and of sessions. What one change says is there at once or not at all. */
export interface RunIndex {
  /** Adds a run. Where its subject has one of that key already, nothing is added, and that one is returned. */
  add(run: RunEntry): KeptRun | null;
  /** False where there is no such run. */
  change(runId: string, change: RunChange): boolean;
  remove(runId: string): void;
  find(runId: string): KeptRun | null;
  findKey(subject: string, key: string): KeptRun | null;
  /**
   * The newest first.
   * @param cursor what an earlier list gave as `next`; null: from the newest on
   */
  list(filter: RunFilter, limit: number, cursor: string | null): RunList;
  /** The sessions of a subject, those used last first; `cursor` as for runs. */
  sessions(subject: string, limit: number, cursor: string | null): SessionList;
  /** What of the runs that have ended there is no room for: the oldest go first. */
  excess(limits: KeepLimits): Excess;
  /** Whose a session is; null where that is not known. */
  ownerOf(sessionId: string): string | null;
  /** Makes a session somebody's, unless it is somebody's already. */
  claim(sessionId: string, subject: string): void;
  close(): void;
}
