/** Runs that go on at the same time. */
export interface UnderWay {
  readonly size: number;
  /** @param run must not reject */
  add(run: Promise<void>): void;
  /** Settles when the next of them ends, whichever it is. */
  next(): Promise<void>;
}

/** In place of `Promise.race`, which leaves a reaction behind at each promise that has not settled, each time it is called. */
export function createUnderWay(): UnderWay {
  const waiting: (() => void)[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(run) {
      size++;
      void run.then(() => {
        size--;
        for (const wake of waiting.splice(0)) wake();
      });
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
