import type { Caller } from './caller.ts';

/** A query that waits or runs, for the operator. */
export interface ActiveQuery {
  readonly runId: string;
  readonly sessionId: string | null;
  readonly caller: Caller;
  readonly phase: 'queued' | 'starting' | 'running' | 'stopping';
  readonly cwd: string;
  /** Milliseconds since it came. */
  readonly elapsedMs: number;
  readonly turns: number;
  /** Null until claude has said. */
  readonly costUsd: number | null;
}

/** How many wait for their turn, and how many have had it. */
export function countActive(active: readonly ActiveQuery[]): { readonly queued: number; readonly running: number } {
  const queued = active.filter(({ phase }) => phase === 'queued').length;
  return { queued, running: active.length - queued };
}
