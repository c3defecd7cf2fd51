import { setTimeout as sleep } from 'node:timers/promises';
import { LONGEST_DELAY_MS } from '../limits.ts';
import type { RunRequest } from '../request/run-request.ts';
import { abortWith } from '../system/abort-with.ts';
import { within } from '../system/bounded-wait.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** All that can end a run early, in one signal. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Milliseconds left of the time limit; Infinity without one. */
  remaining(): number;
  /** Says that the run was ended from within, so that nobody holds up the end. */
  end(): void;
  forget(): void;
}

/** Watches for the end of the time limit, which counts from now, and for whatever else ends a run. */
export function stopOf(
  { timeout }: Pick<RunRequest, 'timeout'>,
  own: AbortSignal,
  given: AbortSignal | undefined,
): Stop {
  const over = new AbortController();
  const letGo = abortWith(over, [own, given]);
  const start = monotonicMs();
  const bounded = timeout !== undefined && Number.isFinite(timeout);
  const timer = bounded ? setTimeout(() => over.abort('timeout'), Math.min(timeout, LONGEST_DELAY_MS)) : undefined;
  return {
    signal: over.signal,
    remaining: () => (bounded ? Math.max(0, start + timeout - monotonicMs()) : Number.POSITIVE_INFINITY),
    end: () => over.abort(),
    forget() {
      clearTimeout(timer);
      letGo();
    },
  };
}

/** What a promise gives, or null once the run is to end: a pipe may stay open for ever. */
export async function unlessStopped<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  const waited = await within(value, { signal });
  return waited.done && !signal.aborted ? waited.value : null;
}

/** Settles after so many milliseconds, or once the run is to end. */
export async function waitUnlessStopped(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
