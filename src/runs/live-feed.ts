import type { RunEvent } from '../messages/types.ts';
import { within } from '../system/bounded-wait.ts';

/** An event as it happens. A piece has the id of the recorded event that comes next. */
export interface LiveEvent {
  readonly id: number;
  readonly event: RunEvent;
}

/** Who follows a run as it goes on. */
export interface Subscription {
  /**
   * What came since it was asked last; waits for something, or for the signal. Null once some of that is to be had from
   * the record alone, since it was asked too late. Empty when nothing comes any more.
   */
  take(signal: AbortSignal | undefined): Promise<readonly LiveEvent[] | null>;
  end(): void;
}

/** Tells events of one run to all who follow it, at the pace of each. */
export interface LiveFeed {
  tell(event: LiveEvent): void;
  /** Says that nothing comes any more. */
  end(): void;
  subscribe(): Subscription;
}

/** How many events wait for one follower in memory; who is slower reads them from the record. */
const ROOM = 256;

export function createLiveFeed(room = ROOM): LiveFeed {
  const followers = new Set<Follower>();
  let isOver = false;

  return {
    tell(event) {
      for (const follower of followers) {
        if (follower.waiting.length === room) follower.isLate = true;
        if (follower.isLate) follower.waiting = [];
        else follower.waiting.push(event);
        follower.wake();
      }
    },
    end() {
      isOver = true;
      for (const follower of followers) follower.wake();
    },
    subscribe() {
      const follower: Follower = { waiting: [], isLate: false, wake() {} };
      followers.add(follower);
      return {
        async take(signal) {
          if (follower.waiting.length === 0 && !follower.isLate && !isOver) {
            const something = new Promise<void>((resolve) => {
              follower.wake = resolve;
            });
            await within(something, signal === undefined ? {} : { signal });
          }
          const taken = follower.isLate ? null : follower.waiting;
          follower.waiting = [];
          follower.isLate = false;
          return taken;
        },
        end: () => void followers.delete(follower),
      };
    },
  };
}

interface Follower {
  waiting: LiveEvent[];
  isLate: boolean;
  wake: () => void;
}
