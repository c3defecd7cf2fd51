import type { ResourceUse } from '../system/process-files.ts';

/** Samples the processor time and memory of claude while it runs: once it is gone, the system tells nothing of them. */
export interface ResourceWatch {
  /** Samples more often from now on: the end is near, and what is used after the last sample is missed. */
  hasten(): void;
  /** Takes the last sample, of a process that has ended but was not waited for yet: the system still tells of it. */
  look(): void;
  /** The process is gone. */
  end(): void;
  /** The last sample; null where there was none. */
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
