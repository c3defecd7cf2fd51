import { setTimeout as sleep } from 'node:timers/promises';

/** Lines on their way to a file, which may be slow or out of order: nobody waits for it. */
export interface LineQueue {
  /** Never throws. */
  write(line: string): void;
  /** Settles once all is written, or can't be: what is left then is lost. Nothing is written after it. */
  close(): Promise<void>;
}

export interface LineQueueOptions {
  /** Told why lines can't be written, once, until they can be again. */
  readonly onFault: (error: unknown) => void;
  /** Told at the end how many never were. */
  readonly onLoss: (lines: number) => void;
  /** The line that stands for so many that there was no room for. */
  readonly gap: (lines: number) => string;
  /** Milliseconds between two tries. */
  readonly retryMs: number;
  /** UTF-16 units that may wait. */
  readonly room: number;
}

/** Lines are written one after the other, in order, each until it is. */
export function createLineQueue(append: (line: string) => Promise<void>, options: LineQueueOptions): LineQueue {
  const { onFault, onLoss, gap, retryMs, room } = options;
  const waiting: string[] = [];
  const closing = new AbortController();
  let units = 0;
  let missing = 0;
  let drained: Promise<void> | null = null;

  function put(line: string): void {
    waiting.push(line);
    units += line.length;
    drained ??= drain();
  }

  function putGap(): void {
    const lines = missing;
    missing = 0;
    if (lines > 0) put(gap(lines));
  }

  async function drain(): Promise<void> {
    let isFaulty = false;
    for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
      try {
        await append(line);
        isFaulty = false;
        waiting.shift();
        units -= line.length;
      } catch (error) {
        if (!isFaulty) onFault(error);
        isFaulty = true;
        if (closing.signal.aborted) return;
        await sleep(retryMs, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      }
    }
    drained = null;
  }

  return {
    write(line) {
      if (units + line.length > room) return void missing++;
      putGap();
      put(line);
    },
    async close() {
      closing.abort();
      putGap();
      await drained;
      if (waiting.length > 0) onLoss(waiting.length);
    },
  };
}
