import type { RunEvent } from '../../../src/messages/types.ts';
import type { Ending, Sink } from '../../../src/sinks/sink.ts';

/** A sink that stalls until it is told to go on, and then takes an event a turn of the event loop. */
export interface GatedSink extends Sink {
  readonly taken: RunEvent[];
  readonly closed: Ending[];
  open(): void;
}

export function gatedSink(own: Partial<Sink> = {}): GatedSink {
  const taken: RunEvent[] = [];
  const closed: Ending[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  return {
    taken,
    closed,
    async write(event) {
      await gate;
      taken.push(event);
      await new Promise(setImmediate);
    },
    close: (ending) => void closed.push(ending),
    open,
    ...own,
  };
}
