import { resumableSession } from '../../outcome/report.ts';
import { SluiceError } from '../../errors.ts';
import { type OutputFailure, outputFailure, withFailure } from '../../outcome/with-failure.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Ending } from '../../sinks/sink.ts';
import { LOG_FORMATS, type OutputFormat } from '../../config/command-options/output.ts';
import type { Io } from '../io.ts';
import { waitForLastByte } from './wait-for-reader.ts';

/**
 * Sees the last byte out, says on stderr what the output does not, and gives the exit code.
 * @param signal ends the wait for a reader that stalls, after a moment
 * @param told what was said already, as soon as it was known
 */
export async function settle(
  ending: Ending,
  format: OutputFormat | 'summary',
  io: Io,
  signal: AbortSignal,
  told: ReadonlySet<string> = new Set(),
): Promise<number> {
  const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(text)}\n`);
  const { stoppedBy } = ending.report.outcome.evidence;
  const failure = await failureOf(io.stdout.flush(), stoppedBy === null ? signal : AbortSignal.abort());
  // The one exception to the code that a bundle has: what is lost only now, it can't know.
  const last = failure === null ? ending : withFailure(ending, failure);
  // What people read has told all this where they look, in its footer or its summary.
  const isInFooter = (format === 'summary' || LOG_FORMATS.has(format)) && last.class !== 'output_error';
  if (!isInFooter) {
    for (const warning of last.warnings) if (!told.has(warning)) say(`warning: ${warning}`);
    if (last.class !== 'success') say(`${last.class}: ${last.message}`);
    const sessionId = resumableSession(last);
    if (sessionId !== null) say(`to go on: sluice --resume ${sessionId} "go on"`);
  }
  await waitForLastByte(io.stderr.flush(), signal).catch(() => {});
  return last.exitCode;
}

/** Why the last bytes did not get out, if they did not. */
async function failureOf(written: Promise<void>, signal: AbortSignal): Promise<OutputFailure | null> {
  try {
    return (await waitForLastByte(written, signal))
      ? null
      : new SluiceError('output_error', 'the output takes no more');
  } catch (error) {
    return outputFailure(error);
  }
}
