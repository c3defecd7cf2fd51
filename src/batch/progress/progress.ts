import { progressLines } from './progress-lines.ts';
import type { Tally } from './tally.ts';

/** Tells people how a batch stands. */
export interface Progress {
  /** Says a line that stays. */
  say(line: string): void;
  /** Nothing is told any more, and nothing drawn is left. */
  end(): void;
}

const MINUTE_MS = 60_000;

/** Says how a batch stands, a line a minute. */
export function logProgress(tally: Tally, say: (line: string) => void, now: () => number): Progress {
  const begun = now();
  const timer = setInterval(() => {
    say(`sluice: ${progressLines(tally, now() - begun, now()).sum}`);
  }, MINUTE_MS).unref();
  return { say, end: () => clearInterval(timer) };
}
