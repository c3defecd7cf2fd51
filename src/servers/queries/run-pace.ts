/** How long runs took of late. */
export interface RunPace {
  /** Takes note of one that ended, after so many milliseconds. */
  ended(ms: number): void;
  /** In how many seconds one of so many that go on is likely to end: 1 to 60. */
  nextEnd(running: number): number;
}

/** How many runs it is told by. */
const RECENT = 32;

/** Milliseconds that a run takes, as long as none has ended. */
const USUAL_MS = 20_000;

const MAX_SECONDS = 60;

export function createRunPace(): RunPace {
  const times: number[] = [];
  return {
    ended(ms) {
      times.push(ms);
      if (times.length > RECENT) times.shift();
    },
    nextEnd(running) {
      const middle = times.toSorted((one, other) => one - other)[times.length >> 1] ?? USUAL_MS;
      return Math.min(MAX_SECONDS, Math.max(1, Math.ceil(middle / Math.max(1, running) / 1_000)));
    },
  };
}
