import { createReadStream, statSync } from 'node:fs';
import { endingEvent, eventLine } from '../../sinks/formats/ndjson.ts';
import { type Line, splitLines } from '../../stream/split-lines.ts';
import type { Batch } from '../../stream/stage.ts';
import { neverTold, readInterrupted } from '../interrupted-run.ts';
import type { KeptRun, RunChange } from '../run-entry.ts';
import { appendAfterLastLine } from './torn-tail.ts';

/**
 * What came of a run that had not ended when its process died. Where its record does not tell how it ended, that is added.
 * @param onFault told what could not be read
 */
export async function settleInterrupted(
  run: KeptRun,
  path: string,
  onFault: (error: unknown) => void,
): Promise<RunChange> {
  if (run.startedAt === null) return neverTold(run);
  try {
    const { change, isTold, report, sequence } = await readInterrupted(run, wholeLines(path));
    const ending = eventLine(endingEvent(report, sequence + 1));
    return { ...change, size: isTold ? statSync(path).size : appendAfterLastLine(path, ending) };
  } catch (error) {
    onFault(error);
    return neverTold(run);
  }
}

/** The lines of a record, but one that was torn. */
async function* wholeLines(path: string): AsyncGenerator<Batch<Line>, void, undefined> {
  for await (const lines of splitLines(createReadStream(path))) yield lines.filter(({ terminated }) => terminated);
}
