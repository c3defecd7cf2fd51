import { nextTick } from 'node:process';

/** A writer of texts that come in a row. */
export interface Gathered {
  /** Has a text written once nothing else comes without a wait, or much has gathered. */
  put(text: string): void;
  /** Writes what has gathered now. */
  flush(): void;
}

/** How many characters are written at once, about. */
const MOST = 65_536;

/** Gathers what comes at once, so that each piece of an answer is not a write of its own. */
export function gathered(write: (text: string) => void): Gathered {
  let waiting = '';

  function flush(): void {
    const text = waiting;
    waiting = '';
    if (text !== '') write(text);
  }

  return {
    put(text) {
      // Told to Node's queue, which has its turn when all that was promised has been kept.
      if (waiting === '') nextTick(flush);
      waiting += text;
      if (waiting.length >= MOST) flush();
    },
    flush,
  };
}
