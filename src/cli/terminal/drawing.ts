import type { WriteStream } from 'node:tty';

/** A terminal with a line on it that is drawn over and over, its cursor hidden as long as the line is there. */
export interface Drawing {
  /** What to draw on. */
  readonly stream: WriteStream;
  /** Takes the line away, if there is one, and gives the cursor back. */
  erase(): void;
  /** Takes the line away until it is drawn anew, for something else to be written there. */
  makeRoom(): void;
  /** Hides the cursor again, if there was a line: it comes back by itself. */
  redraw(): void;
  /** Takes the line away for good: nothing is drawn any more. */
  end(): void;
}

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_LINE = '\r\u001B[2K';

/**
 * Lets others draw on a terminal, and knows how to leave it in order when they have no say any more, as when the process
 * is stopped or breaks down.
 * @param isOurs whether anything may be drawn now: what is drawn meanwhile is not there
 */
export function drawOn(terminal: WriteStream, isOurs: () => boolean): Drawing {
  const write = terminal.write.bind(terminal);
  /** Whether there is to be a line, and whether there is one. */
  let isWanted = false;
  let isDrawn = false;
  let isOver = false;

  function erase(): void {
    if (isDrawn && isOurs()) write(CLEAR_LINE + SHOW_CURSOR);
    isDrawn = false;
  }

  function redraw(): void {
    if (!isWanted || isDrawn || isOver || !isOurs()) return;
    isDrawn = true;
    write(HIDE_CURSOR);
  }

  function conclude(): boolean {
    const isThere = isDrawn && isOurs();
    isWanted = isDrawn = false;
    return !isThere || write(SHOW_CURSOR);
  }

  const stream: WriteStream = Object.create(terminal, {
    write: {
      // What it has of its own, others may wrap: Proxy insists on it.
      configurable: true,
      value(...[text, ...more]: Parameters<typeof write>): boolean {
        if (text === SHOW_CURSOR) return conclude();
        if (text === HIDE_CURSOR) isWanted = true;
        redraw();
        return text === HIDE_CURSOR || isOver || !isOurs() || write(text, ...more);
      },
    },
  });

  return {
    stream,
    erase,
    redraw,
    makeRoom() {
      if (isDrawn) write(CLEAR_LINE);
    },
    end() {
      erase();
      isOver = true;
    },
  };
}
