/** A time limit that runs. */
export interface Deadline {
  /** Aborted when the limit is reached. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left, 1 at least; undefined without a limit. */
  remaining(): number | undefined;
  /** The limit counts no more. */
  end(): void;
}

/** Starts to count; the limit is in milliseconds. */
export function startDeadline(limit: number | undefined): Deadline {
  const start = performance.now();
  const reached = new AbortController();
  const timer = limit === undefined ? undefined : setTimeout(() => reached.abort('timeout'), limit);
  return {
    signal: reached.signal,
    remaining: () => (limit === undefined ? undefined : Math.max(1, limit - (performance.now() - start))),
    end: () => clearTimeout(timer),
  };
}
