import type { Terminal } from '../output.ts';
import type { SpinnerStream } from './spinner.ts';

/** How a run is shown. */
export interface PrettyOptions {
  /** Standard output. */
  readonly out: Terminal;
  /** Standard error when it is a terminal; without it there is no spinner. */
  readonly spinnerStream?: SpinnerStream;
  readonly showThinking: boolean;
  /** Whether to tell of the session's start and of messages that sluice does not know. */
  readonly showSystem: boolean;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** What is done before claude is started, while that goes on; for the spinner. */
  readonly preparing?: (() => string | null) | undefined;
}
