import { LONGEST_DELAY_MS } from '../limits.ts';

/** What ends a wait, whichever comes first; without either, nothing does. */
export interface Bound {
  /** Milliseconds from now; more than a timer takes (some 24 days) is as many as it takes. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
}

/** What came of a wait: the value, or what ended it before. */
export type Waited<Value> =
  | { readonly done: true; readonly value: Value }
  | { readonly done: false; readonly by: 'time' | 'signal' };

/**
 * Waits for a promise, for so long. What is aborted already is not waited for. Nothing is left behind: no timer, and no
 * listener on a signal that outlives many waits.
 * @throws what the promise rejects with, unless the wait was over before
 */
export async function within<Value>(value: Promise<Value>, { ms, signal }: Bound): Promise<Waited<Value>> {
  const settled = value.then((result): Waited<Value> => ({ done: true, value: result }));
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  const over = new Promise<Waited<Value>>((resolve) => {
    onAbort = () => resolve({ done: false, by: 'signal' });
    if (ms !== undefined) {
      timer = setTimeout(() => resolve({ done: false, by: 'time' }), Math.min(ms, LONGEST_DELAY_MS));
    }
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race(signal?.aborted === true ? [over, settled] : [settled, over]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
