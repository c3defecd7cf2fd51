import type { WriteStream } from 'node:tty';

/** A terminal with a line on it that is drawn over and over, its cursor hidden as long as the line is there. */
export interface Drawing {
  /** What to draw on. */
  readonly stream: WriteStream;
  /** Takes the line away, if there is one, and gives the cursor back. */
  erase(): void;
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
 */
export function drawOn(terminal: WriteStream): Drawing {
  const write = terminal.write.bind(terminal);
  let isDrawn = false;
  let isOver = false;

  function erase(): void {
    if (isDrawn) write(CLEAR_LINE + SHOW_CURSOR);
  }

  const stream: WriteStream = Object.create(terminal, {
    write: {
      // What it has of its own, others may wrap: Proxy insists on it.
      configurable: true,
      value(...[text, ...more]: Parameters<typeof write>): boolean {
        if (isOver) return true;
        if (text === HIDE_CURSOR) isDrawn = true;
        if (text === SHOW_CURSOR) isDrawn = false;
        return write(text, ...more);
      },
    },
  });

  return {
    stream,
    erase,
    redraw() {
      if (isDrawn) write(HIDE_CURSOR);
    },
    end() {
      erase();
      isDrawn = false;
      isOver = true;
    },
  };
}
