import { Refusal } from '../refusal.ts';
import { createRunPace } from './run-pace.ts';

/** How many may be in, all together and of one caller, and how many may wait. */
export interface RunQueueLimits {
  readonly maxRuns: number;
  /** Undefined: as many as there may be of all. */
  readonly maxRunsPerCaller: number | undefined;
  readonly maxQueued: number;
  /** How many of those may be of one caller; undefined: all. */
  readonly maxQueuedPerCaller?: number | undefined;
}

/** Who joins a line. Neither callback throws. */
export interface Waiter {
  /** Told once, within `join` when there is room: it is in, until it calls `leave`. */
  onTurn(leave: () => void): void;
  /** Told how many wait ahead of it, when it has to and whenever that changes. */
  onAhead(ahead: number): void;
}

/** Lets in so many at once, the others in the order they came. */
export interface RunQueue {
  /**
   * Joins at the end. Returns what leaves the line, whether it waits or is in; leaving twice changes nothing.
   * @throws Refusal `rate_limited` when it would have to wait and too many do already
   */
  join(subject: string, waiter: Waiter): () => void;
  /** @throws Refusal as `join` would now; else does nothing */
  refuseFull(subject: string): void;
  /** How many places are free. */
  free(): number;
  /** In how many seconds a place is likely to become free. */
  nextLeave(): number;
}

interface Place {
  readonly subject: string;
  readonly waiter: Waiter;
  readonly leave: () => void;
  ahead: number | null;
  /** When its turn came, as `performance.now` tells time. */
  inSince: number;
}

/**
 * Opens a queue. A caller at its own limit is passed over, so that it does not hold up others.
 * @param now default: `performance.now`
 */
export function createRunQueue(limits: RunQueueLimits, now = () => performance.now()): RunQueue {
  const { maxRuns, maxRunsPerCaller = maxRuns, maxQueued, maxQueuedPerCaller = maxQueued } = limits;
  const waiting: Place[] = [];
  const inside = new Map<string, number>();
  let total = 0;
  const pace = createRunPace();
  let announcements = 0;

  function hasRoomFor(subject: string): boolean {
    return total < maxRuns && (inside.get(subject) ?? 0) < maxRunsPerCaller;
  }

  function count(subject: string, change: 1 | -1): void {
    total += change;
    const runs = (inside.get(subject) ?? 0) + change;
    if (runs === 0) inside.delete(subject);
    else inside.set(subject, runs);
  }

  function letIn(place: Place): void {
    count(place.subject, 1);
    place.inSince = now();
    place.waiter.onTurn(place.leave);
  }

  function nextLeave(): number {
    return pace.nextEnd(total);
  }

  /** A run that ends makes room for one other at most. */
  function letNextIn(): void {
    const next = waiting.find(({ subject }) => hasRoomFor(subject));
    if (next === undefined) return;
    waiting.splice(waiting.indexOf(next), 1);
    letIn(next);
    announce();
  }

  /** Who is told may leave at once, and then the others are told anew. */
  function announce(): void {
    const announcement = ++announcements;
    for (const [ahead, place] of [...waiting].entries()) {
      if (announcement !== announcements) return;
      if (place.ahead === ahead) continue;
      place.ahead = ahead;
      place.waiter.onAhead(ahead);
    }
  }

  function refuseFull(subject: string): void {
    if (hasRoomFor(subject)) return;
    if (waiting.length >= maxQueued) throw tooMany(waiting.length, maxQueued, 'queries', nextLeave());
    const own = waiting.filter((other) => other.subject === subject).length;
    if (own >= maxQueuedPerCaller) throw tooMany(own, maxQueuedPerCaller, 'queries of yours', nextLeave());
  }

  return {
    refuseFull,
    free: () => maxRuns - total,
    nextLeave,
    join(subject, waiter) {
      const place: Place = { subject, waiter, leave, ahead: null, inSince: 0 };
      let hasLeft = false;

      function leave(): void {
        if (hasLeft) return;
        hasLeft = true;
        const index = waiting.indexOf(place);
        if (index === -1) {
          count(subject, -1);
          pace.ended(now() - place.inSince);
          letNextIn();
        } else {
          waiting.splice(index, 1);
          announce();
        }
      }

      if (hasRoomFor(subject)) {
        letIn(place);
        return leave;
      }
      refuseFull(subject);
      waiting.push(place);
      announce();
      return leave;
    },
  };
}

function tooMany(queued: number, limit: number, what: string, retryAfter: number): Refusal {
  const state =
    limit === 0 ? 'all places are taken and none may wait' : `${queued} ${what} wait already, which is the limit`;
  const message = `${state}; ask again in ${retryAfter} s`;
  return new Refusal('rate_limited', message, { reason: 'queue_full', queued, limit, retryAfter });
}
