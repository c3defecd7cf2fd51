import type { Terminal } from '../output.ts';
import type { Sink } from '../sink.ts';
import { type SpinnerStream, startSpinner } from './spinner.ts';
import { followStatus } from './status.ts';
import { createPaint } from './theme.ts';

export interface ProgressOptions {
  /** Standard error when it is a terminal; without it nothing is shown. */
  readonly spinnerStream: SpinnerStream;
  readonly colorLevel: Terminal['colorLevel'];
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** What is done before claude is started, while that goes on. */
  readonly preparing?: (() => string | null) | undefined;
}

/**
 * The spinner alone, for a run whose output goes elsewhere. It has to be closed before anything is printed on the same
 * terminal: let it come last among the sinks, which are closed in reverse.
 */
export function createProgressSink({ spinnerStream, colorLevel, now, preparing }: ProgressOptions): Sink {
  const status = followStatus(now, preparing);
  const spinner = spinnerStream && startSpinner(spinnerStream, createPaint(colorLevel), status.describe);
  spinner?.show();
  return {
    write: ({ message }) => status.see(message),
    close: () => spinner?.close(),
  };
}
