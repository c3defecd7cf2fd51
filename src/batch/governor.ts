/** Decides how many items may run at once, and when the next may begin. Times are of a monotonic clock, in milliseconds. */
export interface Governor {
  /** How many may run at once now. */
  readonly limit: number;
  /** Until when none may begin, by the clock; in the past where they may. */
  readonly pausedUntil: number;
  /** Whether one more may begin beside so many. */
  hasRoom(running: number, now: number): boolean;
  /** The API turned one away for the moment: all slow down together. Those of the same moment count once. */
  slow(now: number): void;
  /** None may begin before that. */
  pause(until: number): void;
  /** One went well: a little more is tried. */
  succeed(): void;
}

/** Milliseconds in which all that are turned away are turned away for the same reason. */
const SAME_MOMENT_MS = 5_000;

/**
 * Slows down by half and speeds up by one a round, as TCP does: what all of them take together finds its level, whatever it
 * is.
 * @param most how many may run at once at most, which is what it begins with
 */
export function createGovernor(most: number): Governor {
  let limit = most;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let slowedAt = Number.NEGATIVE_INFINITY;
  return {
    get limit() {
      return Math.floor(limit);
    },
    get pausedUntil() {
      return pausedUntil;
    },
    hasRoom: (running, now) => running < Math.floor(limit) && now >= pausedUntil,
    slow(now) {
      if (now - slowedAt < SAME_MOMENT_MS) return;
      slowedAt = now;
      limit = Math.max(1, limit / 2);
    },
    pause(until) {
      pausedUntil = Math.max(pausedUntil, until);
    },
    succeed() {
      limit = Math.min(most, limit + 1 / limit);
    },
  };
}
