import type { KeptMessage } from './kept-messages.ts';

/** A run that has ended. */
export interface KeptRun {
  readonly runId: string;
  /** Whose it is. */
  readonly subject: string;
  readonly sessionId: string | null;
  readonly messages: readonly KeptMessage[];
  /** Messages of the run, those that are not kept included. */
  readonly total: number;
  /** What the messages take, in bytes of memory as estimated. */
  readonly size: number;
}

/** How many runs are kept, how much memory they may take together, and for how many milliseconds each. */
export interface KeepLimits {
  readonly runs: number;
  readonly bytes: number;
  readonly ageMs: number;
}

/** Runs that have ended, for as long as there is room for them; the oldest go first. */
export interface KeptRuns {
  keep(run: KeptRun): void;
  /** Null when there is none of that id, or none any more. */
  find(runId: string): KeptRun | null;
}

export function createKeptRuns({ runs, bytes, ageMs }: KeepLimits): KeptRuns {
  /** The oldest first. */
  const kept = new Map<string, { readonly run: KeptRun; readonly since: number }>();
  let size = 0;

  function prune(): void {
    const expired = performance.now() - ageMs;
    for (const [runId, { run, since }] of kept) {
      if (kept.size <= runs && size <= bytes && since > expired) return;
      kept.delete(runId);
      size -= run.size;
    }
  }

  return {
    keep(run) {
      kept.set(run.runId, { run, since: performance.now() });
      size += run.size;
      prune();
    },
    find(runId) {
      prune();
      return kept.get(runId)?.run ?? null;
    },
  };
}
