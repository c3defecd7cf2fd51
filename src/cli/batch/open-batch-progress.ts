import { logProgress, type Progress } from '../../batch/progress/progress.ts';
import type { Tally } from '../../batch/progress/tally.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { Io } from '../io.ts';
import { colorLevel } from '../terminal/color-level.ts';

/** What tells how a batch stands, on stderr: drawn where that can be, a line a minute elsewhere, nothing with `--quiet`. */
export async function openBatchProgress(tally: Tally, settings: Settings, io: Io): Promise<Progress> {
  const now = (): number => performance.now();
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  if (read(settings, OPTION.quiet) === true) return { say, end() {} };
  const { stderrStream } = io;
  if (stderrStream === null) return logProgress(tally, say, now);
  const { drawProgress } = await import('../../batch/progress/live.ts');
  const screen = {
    write: (text: string) => void stderrStream.write(text),
    // A terminal may say that it has no columns.
    columns: () => stderrStream.columns || 80,
    colorLevel: colorLevel(read(settings, OPTION.color), io.env, true),
  };
  return drawProgress(tally, screen, now);
}
