import { useEffect, useState } from 'preact/hooks';
import { failureText, isUnauthorized } from './failure-text.ts';

/** What the last look showed. */
export interface Look<Value> {
  /** Null before it is known. */
  readonly value: Value | null;
  /** Why the last look failed; null where it did not. */
  readonly failure: string | null;
}

/** Milliseconds between two looks. */
const LOOK_MS = 4_000;

/** Looks now and then, while the page is visible, and anew when `inputs` change. */
export function useLook<Value>(
  look: (signal: AbortSignal) => Promise<Value>,
  onUnauthorized: () => void,
  inputs: readonly unknown[],
): Look<Value> {
  const [seen, setSeen] = useState<Look<Value>>({ value: null, failure: null });

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    setSeen({ value: null, failure: null });

    function fail(error: unknown): void {
      if (signal.aborted) return;
      if (isUnauthorized(error)) onUnauthorized();
      else setSeen(({ value }) => ({ value, failure: failureText(error) }));
    }

    function again(): void {
      if (document.visibilityState === 'hidden') return;
      look(signal).then((value) => signal.aborted || setSeen({ value, failure: null }), fail);
    }

    again();
    const timer = setInterval(again, LOOK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, inputs);

  return seen;
}
