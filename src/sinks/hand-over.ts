import type { RunEvent } from '../messages/types.ts';
import type { Sink } from './sink.ts';

/** A sink whose events are taken by a loop, at the loop's own pace. */
export interface HandOver extends Sink {
  /** The events, until the sink is closed. Read them once. */
  events(): AsyncGenerator<RunEvent, void, undefined>;
  /** Says that no event is taken any more; what still comes is dropped. */
  leave(): void;
}

export function createHandOver(): HandOver {
  let offered: RunEvent | null = null;
  let isOver = false;
  let onArrival = (): void => {};
  let onTaken = (): void => {};

  function end(): void {
    isOver = true;
    onArrival();
    onTaken();
  }

  return {
    write(event) {
      if (isOver) return undefined;
      offered = event;
      onArrival();
      return new Promise((resolve) => {
        onTaken = resolve;
      });
    },
    close: end,
    leave: end,
    async *events() {
      for (;;) {
        const event = offered;
        offered = null;
        if (event !== null) {
          onTaken();
          yield event;
        } else if (isOver) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            onArrival = resolve;
          });
        }
      }
    },
  };
}
