/** What goes on at once. */
export interface UnderWay {
  readonly size: number;
  /** @param run must not reject */
  add(run: Promise<void>): void;
  /** Settles when the next one has ended, whichever it is. */
  next(): Promise<void>;
}

/** In place of races of promises, each of which leaves something behind at all that have not ended: of hundreds, each time. */
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
