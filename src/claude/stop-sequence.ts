/** One way to end a process, each harder than the one before. */
export type StopStep = 'interrupt' | 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** Goes from a request to SIGKILL, with a grace before each step. */
export interface StopSequence {
  /**
   * Begins with a step; does nothing once begun.
   * @param grace how long that step is given before the next, in milliseconds; default: what the next one says
   */
  begin(from: StopStep, grace?: number): void;
  /** Goes to the last step now. */
  kill(): void;
  /** Ends it: the process is gone. */
  end(): void;
}

/**
 * The wait before each step, in milliseconds. An interrupt over stdin brings a result within 30 ms and is the only step
 * that never loses partial text; SIGINT brings one in most cases; SIGTERM is for a claude that hangs; SIGKILL for one that
 * ignores signals.
 */
const STEPS: readonly { readonly step: StopStep; readonly wait: number }[] = [
  { step: 'interrupt', wait: 0 },
  { step: 'SIGINT', wait: 5_000 },
  { step: 'SIGTERM', wait: 3_000 },
  { step: 'SIGKILL', wait: 2_000 },
];

/** A stop sequence that has not begun yet. @param take is called for each step */
export function createStopSequence(take: (step: StopStep) => void): StopSequence {
  let next: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  function go(grace?: number): void {
    const current = STEPS[next ?? STEPS.length];
    if (current === undefined || next === null) return;
    next++;
    take(current.step);
    const following = STEPS[next];
    if (following !== undefined) timer = setTimeout(go, grace ?? following.wait);
  }

  return {
    begin(from, grace) {
      if (next !== null) return;
      next = STEPS.findIndex(({ step }) => step === from);
      go(grace);
    },
    kill() {
      clearTimeout(timer);
      if (next === STEPS.length) return;
      next = STEPS.length - 1;
      go();
    },
    end() {
      clearTimeout(timer);
      next = STEPS.length;
    },
  };
}
