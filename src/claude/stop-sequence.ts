/** One way to end a process, each harder than the one before. */
export type Rung = 'interrupt' | 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** Climbs from a request to SIGKILL, with a grace before each rung. */
export interface Ladder {
  /**
   * Starts at a rung; does nothing once climbing.
   * @param patience how long that rung is given before the next, in milliseconds; default: what the next one says
   */
  climb(from: Rung, patience?: number): void;
  /** Goes to the last rung now. */
  jump(): void;
  /** Ends the climb: the process is gone. */
  end(): void;
}

/**
 * The wait before each rung, in milliseconds. An interrupt over stdin brings a result within 30 ms and is the only rung
 * that never loses partial text; SIGINT brings one in most cases; SIGTERM is for a claude that hangs; SIGKILL for one that
 * ignores signals.
 */
const RUNGS: readonly { readonly rung: Rung; readonly wait: number }[] = [
  { rung: 'interrupt', wait: 0 },
  { rung: 'SIGINT', wait: 5_000 },
  { rung: 'SIGTERM', wait: 3_000 },
  { rung: 'SIGKILL', wait: 2_000 },
];

/** A ladder that nobody has stepped on yet; `step` is called for each rung. */
export function createLadder(step: (rung: Rung) => void): Ladder {
  let next: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  function go(patience?: number): void {
    const current = RUNGS[next ?? RUNGS.length];
    if (current === undefined || next === null) return;
    next++;
    step(current.rung);
    const following = RUNGS[next];
    if (following !== undefined) timer = setTimeout(go, patience ?? following.wait);
  }

  return {
    climb(from, patience) {
      if (next !== null) return;
      next = RUNGS.findIndex(({ rung }) => rung === from);
      go(patience);
    },
    jump() {
      clearTimeout(timer);
      if (next === RUNGS.length) return;
      next = RUNGS.length - 1;
      go();
    },
    end() {
      clearTimeout(timer);
      next = RUNGS.length;
    },
  };
}
