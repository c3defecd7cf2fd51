/** When processes started, as far as that was read before: it does not change. */
export interface KnownStarts {
  /**
   * To be called with the ids of all processes that there are now: what is gone is forgotten, and so is everything where the
   * look before was so long ago that an id may be another process's by now.
   * @param now monotonic, in milliseconds
   */
  look(ids: readonly number[], now: number): void;
  /** Clock ticks; null where it is to be read. */
  get(pid: number): number | null;
  set(pid: number, start: number): void;
}

/** Milliseconds in which no id is given a second time: the system gives it again only after all others. */
const FRESH_MS = 1_000;

/** Knows none at first. */
export function createKnownStarts(): KnownStarts {
  let starts = new Map<number, number>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    look(ids, now) {
      const still = new Map<number, number>();
      if (now - lookedAt < FRESH_MS) {
        for (const pid of ids) {
          const start = starts.get(pid);
          if (start !== undefined) still.set(pid, start);
        }
      }
      starts = still;
      lookedAt = now;
    },
    get: (pid) => starts.get(pid) ?? null,
    set: (pid, start) => void starts.set(pid, start),
  };
}
