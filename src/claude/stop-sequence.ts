import { STOP_GRACES_MS } from './graces.ts';

/** One way to end a process, each harder than the one before. */
export type StopStep = keyof typeof STOP_GRACES_MS;

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

const STEPS: readonly StopStep[] = ['interrupt', 'SIGINT', 'SIGTERM', 'SIGKILL'];

/** A stop sequence that has not begun yet. @param take is called for each step */
export function createStopSequence(take: (step: StopStep) => void): StopSequence {
  let next: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  function go(grace?: number): void {
    const current = STEPS[next ?? STEPS.length];
    if (current === undefined || next === null) return;
    next++;
    take(current);
    const following = STEPS[next];
    if (following !== undefined) timer = setTimeout(go, grace ?? STOP_GRACES_MS[following]);
  }

  return {
    begin(from, grace) {
      if (next !== null) return;
      next = STEPS.indexOf(from);
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
