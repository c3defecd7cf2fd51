import { messageOf } from '../../errors.ts';
import { monotonicMs } from '../../system/monotonic.ts';

/** Milliseconds after which what was told already is told again. */
const AGAIN_MS = 60_000;

/**
 * Tells of errors, but of one that says what the last one said only once a minute: where Redis is away, each try to connect
 * ends as the one before.
 * @param now milliseconds of a clock that never goes back
 */
export function sparing(tell: (error: Error) => void, now = monotonicMs): (error: Error) => void {
  let last = '';
  let toldAt = 0;
  return (error) => {
    const message = messageOf(error);
    if (message === last && now() - toldAt < AGAIN_MS) return;
    last = message;
    toldAt = now();
    tell(error);
  };
}
