import type { RunEvent } from '../../messages/types.ts';
import { createBacklog } from './backlog.ts';
import type { Ending, Sink } from '../sink.ts';
import type { OpenSpillFile } from './spill.ts';

/** The way to one sink, on which events queue when the sink is slow, so that nobody else waits for it. */
export interface SinkQueue {
  /** Takes an event. A promise means: wait for it, a moment as a rule, before the next one. Never rejects. */
  write(event: RunEvent): Promise<void> | undefined;
  /** Closes the sink once it has taken all, or has failed, with the ending as it is then. Never rejects. */
  close(ending: () => Ending): Promise<void>;
}

/** Waits for a sink; rejects when the run is to end and it took longer than `grace` milliseconds since. */
export type BoundedWait = (wait: Promise<void>, grace: number) => Promise<void>;

export interface SinkQueueOptions {
  /** Told the sink's first error, after which it is written to no more. */
  readonly onFailure: (error: unknown) => void;
  readonly bounded: BoundedWait;
  /** Where to put what memory has no room for; without it, the sink is waited for. */
  readonly openSpill?: OpenSpillFile | undefined;
}

/**
 * How long a queue without room keeps the others waiting for its sink, in milliseconds, before events queue up in memory
 * and on disk: an ordinary reader makes room within that.
 */
const LAG_MS = 250;

/** Once the run is to end: how long one write may take, and all that is left together, in milliseconds. */
const WRITE_GRACE_MS = 2_000;
const DRAIN_GRACE_MS = 10_000;

/** For a sink that takes an event within the same turn of the event loop, none is ever queued. */
export function createSinkQueue(sink: Sink, { onFailure, bounded, openSpill }: SinkQueueOptions): SinkQueue {
  const backlog = createBacklog(openSpill);
  let draining: Promise<void> | null = null;
  let failed = false;
  let onRoom: (() => void) | null = null;

  function fail(error: unknown): void {
    if (failed) return;
    failed = true;
    backlog.close();
    onRoom?.();
    onFailure(error);
  }

  /** Sees an event through and then, one after the other, what has queued up meanwhile. */
  async function drain(first: Promise<void>): Promise<void> {
    let wait: Promise<void> | void = first;
    try {
      for (;;) {
        if (wait !== undefined) await bounded(wait, WRITE_GRACE_MS);
        const event = backlog.take();
        if (onRoom !== null && backlog.hasRoom()) onRoom();
        if (event === null) break;
        wait = sink.write(event);
      }
    } catch (error) {
      fail(error);
    }
    draining = null;
  }

  /** Waits for room: for a moment, or without end where nothing can be put elsewhere. */
  function room(): Promise<void> {
    return new Promise((resolve) => {
      const timer = backlog.canGrow() ? setTimeout(growInstead, LAG_MS) : undefined;
      function growInstead(): void {
        backlog.grow();
        done();
      }
      function done(): void {
        clearTimeout(timer);
        onRoom = null;
        resolve();
      }
      onRoom = done;
    });
  }

  return {
    write(event) {
      if (failed) return undefined;
      if (draining !== null) return backlog.put(event) ? room() : undefined;
      try {
        const wait = sink.write(event);
        if (wait === undefined) return undefined;
        draining = drain(wait);
        return thisTurn(draining);
      } catch (error) {
        fail(error);
        return undefined;
      }
    },
    async close(ending) {
      try {
        if (draining !== null) await bounded(draining, DRAIN_GRACE_MS);
      } catch (error) {
        fail(error);
      }
      try {
        const wait = sink.close(ending());
        if (wait !== undefined) await bounded(wait, WRITE_GRACE_MS);
      } catch (error) {
        fail(error);
      }
      backlog.close();
    },
  };
}

/** Waits for a promise, but no longer than until the next turn of the event loop. */
function thisTurn(wait: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const turn = setImmediate(resolve);
    void wait.then(() => {
      clearImmediate(turn);
      resolve();
    });
  });
}
