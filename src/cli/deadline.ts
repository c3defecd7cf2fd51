import { monotonicMs } from '../system/monotonic.ts';

/** A time limit that runs. */
export interface Deadline {
  /** Whole milliseconds that are left, 1 at least; undefined without a limit. */
  remaining(): number | undefined;
  /** Nobody is called back any more. */
  end(): void;
}

/** Starts to count, and calls back when the limit, in milliseconds, is reached. */
export function startDeadline(limit: number | undefined, onReached: () => void): Deadline {
  const start = monotonicMs();
  const timer = limit === undefined ? undefined : setTimeout(onReached, limit);
  return {
    remaining: () => (limit === undefined ? undefined : Math.max(1, Math.ceil(limit - (monotonicMs() - start)))),
    end: () => clearTimeout(timer),
  };
}
