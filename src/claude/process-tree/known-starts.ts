/** When processes started, as far as that was read before: it does not change. */
export interface KnownStarts {
  /**
   * To be called with the ids of all processes that there are now: what is gone is forgotten, and so is everything where the
   * look before was so long ago that an id may be another process's by now.
   * @param now monotonic, in milliseconds
   */
  look(pids: readonly number[], now: number): void;
  /** When that was last, in milliseconds; before all time where it never was. */
  lookedAt(): number;
  /** Clock ticks; null where it is to be read. */
  get(pid: number): number | null;
  set(pid: number, start: number): void;
}

/**
 * Knows none at first.
 * @param freshMs for how long no id is given twice, in milliseconds
 */
export function createKnownStarts(freshMs: () => number): KnownStarts {
  let starts = new Map<number, number>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    look(pids, now) {
      const still = new Map<number, number>();
      if (now - lookedAt < freshMs()) {
        for (const pid of pids) {
          const start = starts.get(pid);
          if (start !== undefined) still.set(pid, start);
        }
      }
      starts = still;
      lookedAt = now;
    },
    lookedAt: () => lookedAt,
    get: (pid) => starts.get(pid) ?? null,
    set: (pid, start) => void starts.set(pid, start),
  };
}
