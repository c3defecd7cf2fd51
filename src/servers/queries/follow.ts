import type { BoundedWait } from '../../sinks/backlog/sink-queue.ts';
import { createSinkQueue } from '../../sinks/backlog/sink-queue.ts';
import type { Sink } from '../../sinks/sink.ts';
import { openSpillFile } from '../../sinks/backlog/spill-file.ts';
import { within } from '../../system/bounded-wait.ts';

/** A follower's sink, out of the way of the run. */
export interface Following {
  /** What the run is given in its place: it never fails, and is closed at once. */
  readonly sink: Sink;
  /** Settles once the follower has taken everything, or was given up. Never rejects. */
  over(): Promise<void>;
}

/** How long one event may take, and all that is left when the run is over, in milliseconds. */
const GRACE_MS = 120_000;

/** How long the run may wait for room, in milliseconds: longer than it ever does while the disk takes what is left over. */
const ROOM_MS = 1_000;

/**
 * Puts a queue of its own before a follower's sink: it takes events at its own pace, when the run is over too. What it
 * has not taken waits in memory and then on disk. Its failure does not affect the run.
 * @param signal gives it up at once
 */
export function follow(follower: Sink, signal: AbortSignal): Following {
  const stalled = new AbortController();
  const givenUp = AbortSignal.any([signal, stalled.signal]);
  const willing: Sink = {
    // Else what is left would be thrown away event by event, without a turn for anybody else.
    write(event) {
      if (givenUp.aborted) throw new Error('the follower takes no more');
      return follower.write(event);
    },
    close: (ending) => follower.close(ending),
  };
  const queue = createSinkQueue(willing, {
    onFailure() {},
    bounded: waitUntil(givenUp),
    openSpill: openSpillFile,
  });
  let over = Promise.resolve();
  return {
    sink: {
      whole: follower.whole === true,
      write(event) {
        const room = queue.write(event);
        if (room === undefined) return undefined;
        const timer = setTimeout(() => stalled.abort(), ROOM_MS);
        return room.finally(() => clearTimeout(timer));
      },
      close(ending) {
        over = queue.close(() => ending);
      },
    },
    over: () => over,
  };
}

function waitUntil(signal: AbortSignal): BoundedWait {
  return async (wait) => {
    if (!(await within(wait, { ms: GRACE_MS, signal })).done) throw new Error('the follower takes no more');
  };
}
