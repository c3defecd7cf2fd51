import type { Report } from '../outcome/report-schema.ts';
import { createRedactor } from '../secrets/redactor.ts';
import { readEventLine, readRecording, reportIn } from '../stream/read-recording.ts';
import type { Line } from '../stream/split-lines.ts';
import type { Batch } from '../stream/stage.ts';
import { figuresOf, type KeptRun, type RunChange } from './run-entry.ts';

/** What came of a run that was under way when its process died. */
export interface Interrupted {
  readonly change: RunChange;
  /** Whether its record tells how it ended. */
  readonly isTold: boolean;
  readonly report: Report;
  readonly sequence: number;
}

/** What was read of a record. */
interface Read {
  messages: number;
  sequence: number;
  /** When the last of them came. */
  lastAt: string;
  /** Where it tells how the run ended. */
  report: Report | null;
}

/** Why a run counts as interrupted. */
function wordsOf({ startedAt }: Pick<KeptRun, 'startedAt'>): string {
  return `the process that ${startedAt === null ? 'was to carry it out' : 'carried it out'} ended without a word`;
}

/** The end of a run that had not ended when its process died. */
function interruption(): RunChange {
  return { state: 'interrupted', ended: 'interrupted', endedAt: new Date().toISOString() };
}

/** The same for one that was never started, or of which nothing can be read. */
export function neverTold(run: Pick<KeptRun, 'startedAt'>): RunChange {
  const failure = { error_code: 'unavailable', message: wordsOf(run), details: { reason: 'interrupted' } };
  return { ...interruption(), failure };
}

/**
 * Decides how a run ended from its record.
 * @param lines of its record, without one that was cut off
 */
export async function readInterrupted(run: KeptRun, lines: AsyncIterable<Batch<Line>>): Promise<Interrupted> {
  const startedAt = run.startedAt ?? run.receivedAt;
  const read: Read = { messages: 0, sequence: 0, lastAt: startedAt, report: null };
  const reader = readRecording(noted(lines, read), createRedactor({ env: {} }));
  for await (const _ of reader.events()) continue;
  const isTold = read.report !== null;
  const { report } = reader.conclude(
    {
      exit: null,
      stderr: '',
      stoppedBy: isTold ? null : 'SIGTERM',
      stopDetail: wordsOf(run),
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
  return { change: { ...interruption(), ...figuresOf(report), messages, sequence }, isTold, report, sequence };
}

/** Lines as they are; what they tell is noted. */
async function* noted(lines: AsyncIterable<Batch<Line>>, read: Read): AsyncGenerator<Batch<Line>, void, undefined> {
  for await (const batch of lines) {
    for (const { text } of batch) {
      const event = readEventLine(text);
      if (event === null) continue;
      const report = reportIn(event);
      read.report ??= report;
      if (report !== null) continue;
      read.messages++;
      read.sequence = event.sequence;
      read.lastAt = event.timestamp;
    }
    yield batch;
  }
}
