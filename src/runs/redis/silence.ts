/** For how long somebody who is asked has answered nothing. */
export interface Silence {
  /** Asks, and notes whether an answer comes. */
  heed<Answer>(ask: () => Promise<Answer>): Promise<Answer>;
  /** Milliseconds since the last answer, or since it was asked after that; 0 where no question is open. */
  ms(): number;
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
    ms: () => (open === 0 ? 0 : performance.now() - since),
  };
}
