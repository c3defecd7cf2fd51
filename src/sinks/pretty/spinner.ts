import ora from 'ora';
import { renderLine } from './spans.ts';
import type { Paint } from './theme.ts';

/** A terminal that can take back what it shows; `process.stderr` is one. */
export type SpinnerStream = NodeJS.WritableStream & { readonly columns?: number };

/** One line of what is happening, which is never there when something else is printed. */
export interface Spinner {
  /** Lets it appear; only where the cursor stands at a line's start. */
  show(): void;
  /** Takes it away at once. */
  hide(): void;
  /** Takes it away for good and gives the cursor back. */
  close(): void;
}

const INTERVAL = 80;
/**
 * A line that is short for its window is still one line when the window shrinks before it is drawn anew; the rest of a
 * line that the terminal wrapped could not be taken back without the risk of taking text with it.
 */
const MOST_COLUMNS = 40;
const SHARE_OF_WINDOW = 2 / 3;
/** The frame and a space. */
const FRAME_WIDTH = 2;
const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';

/**
 * Draws with ora but keeps time itself: ora's own timer holds the process open, and its hooks on stdout would erase a
 * line that is still being written. It appears at the next tick and not at once, so that a burst of events costs nothing.
 */
export function startSpinner(stream: SpinnerStream, paint: Paint, describe: () => string): Spinner {
  const colored = paint('accent', 'x') !== 'x';
  const drawing = ora({
    stream: withWidth(stream),
    isEnabled: true,
    discardStdin: false,
    hideCursor: false,
    color: colored ? 'cyan' : false,
  });
  let wanted = false;
  let drawn = false;

  const timer = setInterval(() => {
    if (!wanted) return;
    if (!drawn) stream.write(HIDE_CURSOR);
    drawn = true;
    drawing.text = renderLine([['dim', describe()]], widest() - FRAME_WIDTH, paint);
    drawing.render();
  }, INTERVAL);
  timer.unref();

  /** Some terminals report 0 columns when they do not know. */
  function widest(): number {
    return Math.min(MOST_COLUMNS, Math.floor((stream.columns || 80) * SHARE_OF_WINDOW));
  }

  function hide(): void {
    wanted = false;
    if (!drawn) return;
    drawn = false;
    drawing.clear();
    stream.write(SHOW_CURSOR);
  }

  return {
    show() {
      wanted = true;
    },
    hide,
    close() {
      clearInterval(timer);
      hide();
    },
  };
}

/** A pty may say that it has no columns; ora divides by them. */
function withWidth(stream: SpinnerStream): SpinnerStream {
  return new Proxy(stream, {
    get(target, key) {
      if (key === 'columns') return target.columns || 80;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
