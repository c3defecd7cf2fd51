import type { RunEvent } from '../messages/types.ts';
import type { Sink } from './sink.ts';

/** A sink whose events are taken by a loop, at the loop's own pace. */
export interface HandOver extends Sink {
  /** The events, until the sink is closed. Read them once. */
  events(): AsyncGenerator<RunEvent, void, undefined>;
  /** Says that no event is taken any more; what still comes is dropped. */
  leave(): void;
}

/** How many events lie ready, so that not every one of them has to be waited for. */
const READY = 16;

export function createHandOver(): HandOver {
  let ready: RunEvent[] = [];
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
      ready.push(event);
      onArrival();
      if (ready.length < READY) return undefined;
      return new Promise((resolve) => {
        onTaken = resolve;
      });
    },
    close: end,
    leave: end,
    async *events() {
      for (;;) {
        const taken = ready;
        ready = [];
        onTaken();
        for (const event of taken) yield event;
        if (taken.length > 0) continue;
        if (isOver) return;
        await new Promise<void>((resolve) => {
          onArrival = resolve;
        });
      }
    },
  };
}
