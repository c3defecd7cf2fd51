import type { Terminal } from '../output.ts';
import type { Sink } from '../sink.ts';
import { createLiveFace } from './live.ts';
import { createPlainFace } from './plain.ts';
import type { SpinnerStream } from './spinner.ts';

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
}

/** Shows a run to people: live on a terminal, as a plain log anywhere else. */
export function createPrettySink(options: PrettyOptions): Sink {
  return options.out.isTTY ? createLiveFace(options) : createPlainFace(options);
}
