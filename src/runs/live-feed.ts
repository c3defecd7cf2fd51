import type { Arrival } from './run-feed.ts';

/** Who follows a run as it goes on. */
export interface Subscription {
  /**
   * What came since it was asked last; waits for something, or for the signal. Null once some of that is to be had from
   * the record alone, since it was asked too late. Empty when nothing comes any more.
   */
  take(): Promise<readonly Arrival[] | null>;
  end(): void;
}

/** Tells events of one run to all who follow it, at the pace of each. */
export interface LiveFeed {
  tell(event: Arrival): void;
  /** Says that nothing comes any more. */
  end(): void;
  /** @param signal ends every wait */
  subscribe(signal?: AbortSignal): Subscription;
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
    subscribe(signal) {
      const follower: Follower = { waiting: [], isLate: false, wake() {} };
      const wake = (): void => follower.wake();
      const isNothing = (): boolean => follower.waiting.length === 0 && !follower.isLate && !isOver;
      followers.add(follower);
      signal?.addEventListener('abort', wake);
      return {
        async take() {
          if (isNothing() && signal?.aborted !== true) {
            await new Promise<void>((resolve) => {
              follower.wake = resolve;
            });
          }
          const taken = follower.isLate ? null : follower.waiting;
          follower.waiting = [];
          follower.isLate = false;
          return taken;
        },
        end() {
          followers.delete(follower);
          signal?.removeEventListener('abort', wake);
        },
      };
    },
  };
}

interface Follower {
  waiting: Arrival[];
  isLate: boolean;
  wake: () => void;
}
