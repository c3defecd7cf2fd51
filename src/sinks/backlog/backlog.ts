import type { RunEvent } from '../../messages/types.ts';
import { sizeOf } from './event-size.ts';
import { createSpill, type OpenSpillFile } from './spill.ts';

/**
 * What a slow sink has not taken yet, in order: the oldest events in memory, those after them on disk, and where the
 * disk takes no more, the newest in memory again.
 */
export interface Backlog {
  /** Keeps an event. Says whether the sink should make room before the next one. */
  put(event: RunEvent): boolean;
  /** Takes the oldest event; null when there is none. Throws the system's error when it can't be read back. */
  take(): RunEvent | null;
  /** Whether there is room again: half of it, so that it lasts. */
  hasRoom(): boolean;
  /** Whether it could grow without asking for room, and does not do so yet. */
  canGrow(): boolean;
  /** From now on, until all was taken, memory fills up and then the disk, before room is asked for. */
  grow(): void;
  /** Forgets everything. */
  close(): void;
}

/** What a sink that keeps up may leave lying, in bytes of memory as estimated. */
const USUAL_BOUND = 512 * 1024;

/** What memory may hold for a sink that does not; the event that goes beyond it is held as well. */
export const MEMORY_BOUND = 4 * 1024 * 1024;

/** Without `open` nothing goes to disk. */
export function createBacklog(open: OpenSpillFile | undefined): Backlog {
  const spill = open && createSpill(open);
  let before = createQueue();
  let after = createQueue();
  let isGrowing = false;
  let isOnDisk = false;

  const held = (): number => before.size() + after.size();

  return {
    put(event) {
      if (!isGrowing) {
        before.put(event);
        return held() > USUAL_BOUND;
      }
      if (!isOnDisk && held() <= MEMORY_BOUND) {
        before.put(event);
        return false;
      }
      // Once the disk has refused one, those behind it have to stay behind it.
      if (after.size() === 0 && spill?.put(event) === true) {
        isOnDisk = true;
        return false;
      }
      (isOnDisk ? after : before).put(event);
      return held() > MEMORY_BOUND;
    },
    take() {
      const oldest = before.take() ?? (isOnDisk ? spill?.take() : null) ?? null;
      if (oldest !== null) return oldest;
      isOnDisk = false;
      [before, after] = [after, before];
      const next = before.take();
      isGrowing &&= next !== null;
      return next;
    },
    hasRoom: () => held() <= (isGrowing ? MEMORY_BOUND : USUAL_BOUND) / 2,
    canGrow: () => spill !== undefined && !isGrowing,
    grow() {
      isGrowing = true;
    },
    close() {
      before = createQueue();
      after = createQueue();
      isOnDisk = false;
      spill?.close();
    },
  };
}

/** Events in memory, first in, first out. */
interface Queue {
  put(event: RunEvent): void;
  take(): RunEvent | null;
  /** What they take, in bytes as estimated; 0 when there are none. */
  size(): number;
}

interface Held {
  readonly event: RunEvent;
  readonly size: number;
}

/** Two stacks, so that taking from the front moves nothing. */
function createQueue(): Queue {
  let incoming: Held[] = [];
  let outgoing: Held[] = [];
  let total = 0;
  return {
    put(event) {
      const size = sizeOf(event);
      total += size;
      incoming.push({ event, size });
    },
    take() {
      if (outgoing.length === 0) [outgoing, incoming] = [incoming.reverse(), outgoing];
      const held = outgoing.pop();
      if (held === undefined) return null;
      total -= held.size;
      return held.event;
    },
    size: () => total,
  };
}
