import type { Report } from '../outcome/report-schema.ts';
import type { Outcome } from '../outcome/outcome.ts';
import type { RunEvent } from '../messages/types.ts';

/** How a run ended, with all there is to tell of it. */
export interface Ending extends Outcome {
  readonly report: Report;
  /** What truncation cut from the events that the sinks were given. */
  readonly clipped: { readonly strings: number; readonly characters: number };
}

/**
 * Where events go. `write` is called once an event, in order, never again before the promise it returned is settled;
 * `close` exactly once, after the last `write`, on failure too. A sink that throws is not written to again.
 */
export interface Sink {
  /** Asks for events as they are before truncation. They are redacted all the same. */
  readonly whole?: boolean;
  write(event: RunEvent): void | Promise<void>;
  close(ending: Ending): void | Promise<void>;
}
