import { setTimeout } from 'node:timers/promises';
import { EXIT_CODES, INTERRUPT_EXIT_CODES } from '../messages/outcome.ts';
import { resumableSession } from '../messages/report.ts';
import { systemCodeOf, messageOf } from '../errors.ts';
import { oneLine } from '../sinks/one-line.ts';
import type { Ending } from '../sinks/sink.ts';
import type { OutputFormat } from '../config/options.ts';
import type { Io } from './io.ts';
import { GRACE_MS } from './pourer.ts';

async function lastBytes({ report }: Ending, { stdout }: Io): Promise<void> {
  const flushed = stdout.flush();
  const stopped = report.outcome.evidence.stoppedBy !== null;
  await (stopped ? Promise.race([flushed, setTimeout(GRACE_MS, undefined, { ref: false })]) : flushed);
}

/** Sees the last byte out, says on stderr what the output does not, and gives the exit code. */
export async function settle(ending: Ending, format: OutputFormat, io: Io): Promise<number> {
  const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(text)}\n`);
  let { exitCode } = ending;
  try {
    await lastBytes(ending, io);
  } catch (error) {
    if (ending.class === 'success') {
      exitCode = systemCodeOf(error) === 'EPIPE' ? INTERRUPT_EXIT_CODES.reader_gone : EXIT_CODES.output_error;
      if (exitCode === EXIT_CODES.output_error) say(messageOf(error));
    }
  }
  // Pretty has told all this in its footer, where people look.
  const told = format === 'pretty' && ending.class !== 'output_error';
  if (!told) {
    for (const warning of ending.warnings) say(`warning: ${warning}`);
    if (ending.class !== 'success') say(`${ending.class}: ${ending.message}`);
    const sessionId = resumableSession(ending);
    if (sessionId !== null) say(`to go on: sluice --resume ${sessionId} "go on"`);
  }
  await io.stderr.flush().catch(() => {});
  return exitCode;
}
