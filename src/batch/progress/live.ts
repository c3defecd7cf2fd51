import { clip } from '../../sinks/pretty/clip.ts';
import { createScreen } from '../../sinks/pretty/screen.ts';
import { createPaint } from '../../sinks/pretty/theme.ts';
import type { Terminal } from '../../sinks/output.ts';
import type { Progress } from './progress.ts';
import { progressLines } from './progress-lines.ts';
import type { Tally } from './tally.ts';

/** A terminal that lines can be drawn on, over and over. */
export interface ProgressScreen extends Pick<Terminal, 'colorLevel'> {
  readonly write: (text: string) => void;
  readonly columns: () => number;
}

/** Milliseconds between two looks. */
const FRAME_MS = 250;

const NARROWEST = 20;

/** Draws how a batch stands, below all that is said. */
export function drawProgress(tally: Tally, screen: ProgressScreen, now: () => number): Progress {
  const begun = now();
  const paint = createPaint(screen.colorLevel);
  const drawn = createScreen(screen.columns, () => false);

  function lines(): readonly string[] {
    const { items, sum } = progressLines(tally, now() - begun, now());
    const width = Math.max(NARROWEST, screen.columns() - 1);
    return [...items.map((line) => paint('dim', clip(line, width))), clip(sum, width)];
  }

  const timer = setInterval(() => screen.write(drawn.update([], lines())), FRAME_MS).unref();
  return {
    say: (line) => screen.write(drawn.update([line], lines())),
    end() {
      clearInterval(timer);
      screen.write(drawn.update([], []));
    },
  };
}
