import type { ResourceUse } from '../system/process-files.ts';

/** Keeps an eye on what claude takes of the machine: nobody tells once it has ended. */
export interface ResourceWatch {
  /** Looks often from now on: the end is near, and what is taken after the last look is not known. */
  hasten(): void;
  /** Looks now: it has ended, and until somebody waits for it, the system still tells of it. */
  look(): void;
  /** The process is gone. */
  end(): void;
  /** What was seen last; null where that was nothing. */
  seen(): ResourceUse | null;
}

/** Milliseconds between two looks, which take some 100 µs. */
const USUAL_MS = 1_000;
const HASTY_MS = 50;

/** @param look sees what was taken until now; null where that can't be told */
export function watchResources(look: () => ResourceUse | null): ResourceWatch {
  let seen: ResourceUse | null = null;
  let timer = setInterval(see, USUAL_MS).unref();
  let isHasty = false;
  let isOver = false;

  function see(): void {
    if (isOver) return;
    const now = look();
    if (now !== null) seen = { ...now, peakBytes: now.peakBytes ?? seen?.peakBytes ?? null };
  }

  return {
    hasten() {
      see();
      if (isHasty || isOver) return;
      isHasty = true;
      clearInterval(timer);
      timer = setInterval(see, HASTY_MS).unref();
    },
    look: see,
    end() {
      isOver = true;
      clearInterval(timer);
    },
    seen: () => seen,
  };
}
