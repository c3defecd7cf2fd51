import { setImmediate as turn } from 'node:timers/promises';

/** For how long somebody who is asked has answered nothing. */
export interface Silence {
  /** Asks, and notes whether an answer comes. */
  heed<Answer>(ask: () => Promise<Answer>): Promise<Answer>;
  /** Milliseconds since the last answer, or since it was asked after that; 0 where no question is open. Hears what came first. */
  ms(): Promise<number>;
}

export function createSilence(): Silence {
  let open = 0;
  let since = 0;
  return {
    async heed(ask) {
      if (open++ === 0) since = performance.now();
      try {
        const answer = await ask();
        since = performance.now();
        return answer;
      } finally {
        open--;
      }
    },
    async ms() {
      // While this process was busy, answers came that nobody heard: the next turn but one has heard all of them.
      for (let turns = 0; turns < 2; turns += 1) await turn();
      return open === 0 ? 0 : performance.now() - since;
    },
  };
}
