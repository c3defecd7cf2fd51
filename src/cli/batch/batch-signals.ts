import type { InterruptReason } from '../../outcome/classes.ts';
import type { Io } from '../io.ts';

/** What signals ask of a batch. */
export interface BatchSignals {
  /** The first: what runs is to end, and nothing else is to begin. */
  readonly drain: AbortSignal;
  /** The second, or the first that is no Ctrl-C: what runs is stopped. */
  readonly stop: AbortSignal;
  /** Any more: without grace. */
  readonly force: AbortSignal;
  /** The first that came; null: none. */
  first(): InterruptReason | null;
}

/** @param tell says what the first one does */
export function heedSignals({ onSignal }: Pick<Io, 'onSignal'>, tell: () => void): BatchSignals {
  const [drain, stop, force] = [new AbortController(), new AbortController(), new AbortController()];
  let first: InterruptReason | null = null;
  onSignal((signal) => {
    if (stop.signal.aborted) return force.abort();
    // SIGTERM and SIGHUP come from a system that does not wait until running items have ended.
    if (first !== null || signal !== 'SIGINT') stop.abort(signal);
    else tell();
    first ??= signal;
    drain.abort(signal);
  });
  return { drain: drain.signal, stop: stop.signal, force: force.signal, first: () => first };
}
