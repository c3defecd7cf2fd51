import { lazySink } from '../lazy-sink.ts';
import type { Output, Terminal } from '../output.ts';
import { type NodeStream, outputOf } from '../output-of.ts';
import type { SpinnerStream } from '../pretty/spinner.ts';
import type { Sink } from '../sink.ts';

/** How a run is shown to people. */
export interface PrettySinkOptions {
  /** Where a line of progress is drawn over and over, such as `process.stderr` where that is a terminal; default: nowhere. */
  readonly spinnerStream?: SpinnerStream;
  /** Default: no. */
  readonly showThinking?: boolean;
  /** Whether to tell of the session's start and of messages that sluice does not know; default: yes. */
  readonly showSystem?: boolean;
}

/**
 * Shows a run to people: live on a terminal, where text appears as it is written if the run has `includePartialMessages`,
 * and as a plain log anywhere else. Control characters in what is shown are harmless. What draws is loaded with the first
 * run that is shown.
 * @param out any output, or a stream of Node's, such as `process.stdout`
 */
export function createPrettySink(out: Output | Terminal, options?: PrettySinkOptions): Sink;
export function createPrettySink(stream: NodeStream, options?: PrettySinkOptions): Sink;
export function createPrettySink(out: Output | Terminal | NodeStream, options: PrettySinkOptions = {}): Sink {
  const { spinnerStream, showThinking = false, showSystem = true } = options;
  return lazySink(async () => {
    const pretty = await import('../pretty/pretty.ts');
    return pretty.createPrettySink({
      out: terminalOf(out),
      ...(spinnerStream === undefined ? {} : { spinnerStream }),
      showThinking,
      showSystem,
      now: () => performance.now(),
    });
  });
}

function terminalOf(out: Output | Terminal | NodeStream): Terminal {
  if ('on' in out) return outputOf(out);
  if ('colorLevel' in out) return out;
  return { isTTY: false, columns: () => Number.POSITIVE_INFINITY, colorLevel: 0, write: (text) => out.write(text) };
}
