/** When processes started, as far as that was read already: it does not change. */
export interface KnownStarts {
  /**
   * To be called with the ids of all processes that there are now: those that are gone are forgotten, and all of them where the
   * look before was too long ago to tell that an id is not another's by now.
   */
  look(ids: readonly number[], now: number): void;
  /** Clock ticks; null where it is to be read. */
  get(pid: number): number | null;
  set(pid: number, start: number): void;
}

/** Milliseconds between two looks in which no id can be given to another process: all others are given before. */
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
