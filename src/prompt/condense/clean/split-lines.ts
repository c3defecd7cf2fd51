import { elided } from './clean-line.ts';

/** Makes lines of text that comes in pieces. */
export interface LineSplitter {
  push(text: string): void;
  /** Gives the last line, if it had no end. */
  end(): void;
  /** Whether a line has begun that has not ended yet. */
  isHolding(): boolean;
}

/** So much of one line is held: of a longer one its beginning and its end. */
const MOST_HELD = 128 * 1024;

/** Calls back with each line, without its end, however long it is; a line of any length takes no more memory than others. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  let held = '';
  let forgotten = 0;

  function take(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    onLine(forgotten === 0 ? text : `${text.slice(0, MOST_HELD / 2)}${elided(forgotten)}${text.slice(MOST_HELD / 2)}`);
    forgotten = 0;
  }

  return {
    push(text) {
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        take(held === '' ? text.slice(start, end) : held + text.slice(start, end));
        held = '';
        start = end + 1;
      }
      held += text.slice(start);
      if (held.length <= MOST_HELD) return;
      forgotten += held.length - MOST_HELD;
      held = held.slice(0, MOST_HELD / 2) + held.slice(-MOST_HELD / 2);
    },
    end() {
      if (held !== '') take(held);
      held = '';
    },
    isHolding: () => held !== '',
  };
}
