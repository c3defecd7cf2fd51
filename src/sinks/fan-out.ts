import type { RunEvent } from '../messages/types.ts';
import { createSinkQueue, type BoundedWait } from './backlog/sink-queue.ts';
import type { Ending, Sink } from './sink.ts';
import type { OpenSpillFile } from './backlog/spill.ts';
import { within } from '../system/bounded-wait.ts';

/** Gives events to several sinks, each on a queue of its own, and outlives the failure of each. */
export interface FanOut {
  /** A promise means: wait for it, a moment as a rule, before the next event. Never rejects. */
  write(whole: RunEvent, clipped: RunEvent): Promise<void> | undefined;
  /**
   * Closes every sink once, when it has taken all, and those that failed too: the last one first, but those before it
   * wait for one that lags only a moment. Each is told the ending as it is by then, the failures of others included.
   * Never rejects.
   */
  close(ending: () => Ending): Promise<void>;
}

export interface FanOutOptions {
  /** Told each sink's first error, after which that sink is written to no more. */
  readonly onFailure: (sink: Sink, error: unknown) => void;
  readonly bounded: BoundedWait;
  readonly openSpill?: OpenSpillFile | undefined;
}

/** How long the closing of a sink may hold up that of the one before it, in milliseconds. */
const ORDER_MS = 1_000;

/** Opens the fan. */
export function fanOut(sinks: readonly Sink[], { onFailure, bounded, openSpill }: FanOutOptions): FanOut {
  const queues = sinks.map((sink) => ({
    whole: sink.whole === true,
    ...createSinkQueue(sink, { bounded, openSpill, onFailure: (error) => onFailure(sink, error) }),
  }));

  return {
    write(whole, clipped) {
      let wait: Promise<void> | undefined;
      for (const queue of queues) {
        const one = queue.write(queue.whole ? whole : clipped);
        if (one !== undefined) wait = wait === undefined ? one : both(wait, one);
      }
      return wait;
    },
    async close(ending) {
      const closings: Promise<void>[] = [];
      for (const queue of [...queues].reverse()) {
        const closing = queue.close(ending);
        closings.push(closing);
        await within(closing, { ms: ORDER_MS });
      }
      await Promise.all(closings);
    },
  };
}

async function both(one: Promise<void>, other: Promise<void>): Promise<void> {
  await one;
  await other;
}
