import { EXIT_CODES, INTERRUPT_EXIT_CODES } from '../exit-codes.ts';
import { resumableSession } from '../outcome/report.ts';
import { SluiceError, systemCodeOf, messageOf } from '../errors.ts';
import { oneLine } from '../sinks/safe-text.ts';
import type { Ending } from '../sinks/sink.ts';
import type { OutputFormat } from '../config/options/output.ts';
import type { Io } from './io.ts';
import { waitForLastByte } from './wait-for-reader.ts';

/**
 * Sees the last byte out, says on stderr what the output does not, and gives the exit code.
 * @param signal ends the wait for a reader that stalls, after a moment
 * @param told what was said already, as soon as it was known
 */
export async function settle(
  ending: Ending,
  format: OutputFormat,
  io: Io,
  signal: AbortSignal,
  told: ReadonlySet<string> = new Set(),
): Promise<number> {
  const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(text)}\n`);
  let { exitCode } = ending;
  const { stoppedBy } = ending.report.outcome.evidence;
  try {
    const isOut = await waitForLastByte(io.stdout.flush(), stoppedBy === null ? signal : AbortSignal.abort());
    if (!isOut) throw new SluiceError('output_error', 'the output takes no more');
  } catch (error) {
    if (ending.class === 'success') {
      exitCode = systemCodeOf(error) === 'EPIPE' ? INTERRUPT_EXIT_CODES.reader_gone : EXIT_CODES.output_error;
      if (exitCode === EXIT_CODES.output_error) say(messageOf(error));
    }
  }
  // Pretty has told all this in its footer, where people look.
  const isInFooter = format === 'pretty' && ending.class !== 'output_error';
  if (!isInFooter) {
    for (const warning of ending.warnings) if (!told.has(warning)) say(`warning: ${warning}`);
    if (ending.class !== 'success') say(`${ending.class}: ${ending.message}`);
    const sessionId = resumableSession(ending);
    if (sessionId !== null) say(`to go on: sluice --resume ${sessionId} "go on"`);
  }
  await waitForLastByte(io.stderr.flush(), signal).catch(() => {});
  return exitCode;
}
