import type { Io } from '../io.ts';

/** What signals ask of a server. */
export interface ServerSignals {
  /** The first: nothing more is let in, and what goes on has its time. */
  readonly drain: AbortSignal;
  /** The second, or that nothing goes on any more. */
  readonly stop: AbortController;
}

/** @param force what any further signal does */
export function heedServerSignals({ onSignal }: Pick<Io, 'onSignal'>, force: () => void): ServerSignals {
  const [drain, stop] = [new AbortController(), new AbortController()];
  onSignal((signal) => {
    if (!drain.signal.aborted) drain.abort(signal);
    else if (!stop.signal.aborted) stop.abort(signal);
    else force();
  });
  return { drain: drain.signal, stop };
}
