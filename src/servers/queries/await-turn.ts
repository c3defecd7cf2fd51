import { LONGEST_DELAY_MS } from '../../limits.ts';
import { describeWait } from '../../outcome/describe-wait.ts';
import { Refusal } from '../refusal.ts';
import type { RunQueue } from './run-queue.ts';

export interface Turn {
  readonly subject: string;
  /** How long it may be waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** As {@link Waiter.onAhead}. */
  readonly onAhead: (ahead: number) => void;
}

/**
 * Waits in line. Returns what ends the turn, or null once the signal ended the wait: then the place is given up.
 * @throws Refusal `rate_limited` when too many wait, `timeout` when its turn did not come in time
 */
export function awaitTurn(
  queue: RunQueue,
  { subject, timeoutMs, signal, onAhead }: Turn,
): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    let leave = (): void => {};
    let isGivenUp = signal.aborted;
    if (isGivenUp) return resolve(null);
    const timer = setTimeout(onTimeout, Math.min(timeoutMs, LONGEST_DELAY_MS));
    signal.addEventListener('abort', onAbort, { once: true });

    function stopWaiting(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
    function onAbort(): void {
      isGivenUp = true;
      stopWaiting();
      leave();
      resolve(null);
    }
    function onTimeout(): void {
      stopWaiting();
      leave();
      const waited = `its turn did not come within ${describeWait(timeoutMs)}`;
      reject(new Refusal('timeout', `${waited}: the server is busy; ask again later`, { queueTimeoutMs: timeoutMs }));
    }

    try {
      leave = queue.join(subject, {
        onTurn(leave) {
          stopWaiting();
          resolve(leave);
        },
        onAhead,
      });
    } catch (refusal) {
      stopWaiting();
      throw refusal;
    }
    // The caller may cancel as soon as it is told its place in the queue.
    if (isGivenUp) leave();
  });
}
