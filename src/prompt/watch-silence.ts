/** After how long a silence is told: a producer may take its time. */
export const TOLD_AFTER_MS = 30_000;

/** Somebody waits for something to be heard. */
export interface SilenceWatch {
  /** Something was heard: what was told before is told again after another silence. */
  heard(): void;
  end(): void;
}

/** Calls back when nothing was heard for so long, in milliseconds, once a silence; it begins with one. */
export function watchSilence(limit: number, onSilence: () => void): SilenceWatch {
  const timer = setTimeout(onSilence, limit);
  return {
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}
