import { createReadStream, statSync } from 'node:fs';
import { createRedactor } from '../../secrets/redactor.ts';
import { endingEvent, eventLine } from '../../sinks/ndjson.ts';
import { readEventLine, readRecording, reportIn } from '../../stream/read-recording.ts';
import { type Line, splitLines } from '../../stream/split-lines.ts';
import type { Batch } from '../../stream/stage.ts';
import type { Report } from '../../messages/report-schema.ts';
import { figuresOf, type KeptRun, type RunChange } from '../run-entry.ts';
import { appendAfterLastLine } from './torn-tail.ts';

/** What was read of a record. */
interface Read {
  messages: number;
  sequence: number;
  /** When the last of them came. */
  lastAt: string;
  /** Where it tells how the run ended. */
  report: Report | null;
}

/** What came of a run that had not ended when its process died. @param onFault told what could not be read */
export async function interruptedRun(
  run: KeptRun,
  path: string,
  onFault: (error: unknown) => void,
): Promise<RunChange> {
  const endedAt = new Date().toISOString();
  const change: RunChange = { state: 'interrupted', ended: 'interrupted', endedAt };
  const message = `the process that ${run.startedAt === null ? 'was to carry it out' : 'carried it out'} ended without a word`;
  if (run.startedAt !== null) {
    try {
      return { ...change, ...(await readRecord(run, path, message)) };
    } catch (error) {
      onFault(error);
    }
  }
  return { ...change, failure: { error_code: 'unavailable', message, details: { reason: 'interrupted' } } };
}

/**
 * What the record of a run that was under way tells. Where that is not how it ended, its ending is decided from what there
 * is, and added.
 */
async function readRecord(run: KeptRun, path: string, stopDetail: string): Promise<RunChange> {
  const startedAt = run.startedAt ?? run.receivedAt;
  const read: Read = { messages: 0, sequence: 0, lastAt: startedAt, report: null };
  const reader = readRecording(wholeLines(path, read), createRedactor({ env: {} }));
  for await (const _ of reader.events()) continue;
  const { report } = reader.conclude(
    {
      exit: null,
      stderr: '',
      stoppedBy: read.report === null ? 'SIGTERM' : null,
      stopDetail,
      fault: null,
      asked: { schema: false, failOn: [] },
      endedAt: Date.now(),
    },
    {
      runId: run.runId,
      startedAt,
      executionTime: Math.max(0, Date.parse(read.lastAt) - Date.parse(startedAt)),
      path: null,
    },
  );
  const { messages, sequence } = read;
  const ending = eventLine(endingEvent(report, sequence + 1));
  const size = read.report === null ? appendAfterLastLine(path, ending) : statSync(path).size;
  return { ...figuresOf(report), messages, sequence, size };
}

/** The lines of a record, but one that was torn; what they tell is noted. */
async function* wholeLines(path: string, read: Read): AsyncGenerator<Batch<Line>, void, undefined> {
  for await (const lines of splitLines(createReadStream(path))) {
    const whole = lines.filter(({ terminated }) => terminated);
    for (const { text } of whole) {
      const event = readEventLine(text);
      if (event === null) continue;
      const report = reportIn(event);
      read.report ??= report;
      if (report !== null) continue;
      read.messages++;
      read.sequence = event.sequence;
      read.lastAt = event.timestamp;
    }
    yield whole;
  }
}
