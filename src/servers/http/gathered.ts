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

/** Gathers what comes at once, so that several pieces of an answer are one write. */
export function gathered(write: (text: string) => void): Gathered {
  let waiting = '';

  function flush(): void {
    const text = waiting;
    waiting = '';
    if (text !== '') write(text);
  }

  return {
    put(text) {
      // Called from a promise, Node runs this once no other promise can go on: all that comes without a wait is there then.
      if (waiting === '') nextTick(flush);
      waiting += text;
      if (waiting.length >= MOST) flush();
    },
    flush,
  };
}
