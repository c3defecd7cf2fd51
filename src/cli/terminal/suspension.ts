import type { Suspension } from '../../run/host.ts';

/** What stopping takes of the process. */
export interface Stoppable {
  /** Calls back in place of stopping the process; returns what gives the signal its own meaning again. */
  onStop(listener: () => void): () => void;
  /** Stops the process, as the signal does by itself; returns when it goes on. */
  stop(): void;
  /** Leaves the terminal in order, and takes it again. */
  erase(): void;
  redraw(): void;
}

/**
 * Ctrl-Z and `fg`: everybody is told before the process stops, and when it goes on. The signal keeps its own way to stop:
 * where no shell could let the process go on, as without a shell that has jobs, it does not stop at all.
 */
export function createSuspension({ onStop, stop, erase, redraw }: Stoppable): Suspension {
  const listeners = new Set<(suspended: boolean) => void>();
  let forget = (): void => {};

  function listen(): void {
    forget = onStop(suspend);
  }

  function suspend(): void {
    for (const listener of listeners) listener(true);
    erase();
    forget();
    stop();
    if (listeners.size > 0) listen();
    redraw();
    for (const listener of listeners) listener(false);
  }

  return {
    subscribe(listener) {
      if (listeners.size === 0) listen();
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) forget();
      };
    },
  };
}
