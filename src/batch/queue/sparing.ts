import { monotonicMs } from '../../system/monotonic.ts';

/** Milliseconds after which what was told already is told again. */
const AGAIN_MS = 60_000;

/**
 * Passes texts on, but a text that repeats the last one only once a minute: while Redis is away, each try to connect fails with
 * the same words.
 * @param now milliseconds of a clock that never goes back
 */
export function sparing(tell: (text: string) => void, now = monotonicMs): (text: string) => void {
  let last = '';
  let toldAt = 0;
  return (text) => {
    if (text === last && now() - toldAt < AGAIN_MS) return;
    last = text;
    toldAt = now();
    tell(text);
  };
}
