import type { LookAtReadingEnd } from '../../system/reading-end.ts';

/** Watches for the reader of an output to go away. */
export interface ReaderWatch {
  /** Says that something was written just now: the reader was there. */
  wrote(): void;
  end(): void;
}

/** How long nothing is written before a look, in milliseconds, and how long at most where looks tell nothing. */
const QUIET_MS = 2_000;
const LONGEST_QUIET_MS = 60_000;

/**
 * Looks whether the reader is still there while nothing is written: the system tells it only to those who write. Keeps no
 * process alive.
 * @param onGone called once, when it is certain
 */
export function watchReader(look: LookAtReadingEnd, onGone: () => void): ReaderWatch {
  let quiet = QUIET_MS;
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;

  function wait(): void {
    timer = setTimeout(() => void check(), quiet).unref();
  }

  async function check(): Promise<void> {
    timer = null;
    const found = await look();
    if (isOver) return;
    if (found === 'gone') return onGone();
    quiet = found === 'held' ? QUIET_MS : Math.min(quiet * 2, LONGEST_QUIET_MS);
    wait();
  }

  wait();
  return {
    wrote: () => void timer?.refresh(),
    end() {
      isOver = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
