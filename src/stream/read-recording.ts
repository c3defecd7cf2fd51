import { attemptSchema, type Report, reportSchema } from '../outcome/report-schema.ts';
import type { Evidence } from '../outcome/evidence.ts';
import { foldFacts } from '../outcome/facts.ts';
import { recognise } from '../messages/recognise.ts';
import type { RunEvent, SluiceMessage } from '../messages/types.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { decodeLine } from './decode.ts';
import { readJsonValues } from './json-values.ts';
import { redactValues } from './redact-values.ts';
import { type Conclusion, concludeRun, type FactsAround, type RunReader } from './read-run.ts';
import type { Line } from './split-lines.ts';
import type { Batch } from './stage.ts';

/** Whether a line is one of a recording's: an event of ours around a message. */
export function isRecorded(line: Line): boolean {
  const [first] = readJsonValues(line.text).values;
  return first !== undefined && asEvent(first.value) !== null;
}

/** A line of a recording; what it says is made of it when that is asked for. */
export interface RecordedLine {
  event(): RunEvent;
  /** What it tells of the whole run; null for any but the last. */
  report(): Report | null;
}

/** A line of a recording, which is one event; null for a line that is none. */
export function readRecordedLine(text: string): RecordedLine | null {
  const { values, rest } = readJsonValues(text);
  const [only] = values;
  if (only === undefined || values.length > 1 || rest !== '' || !isEvent(only.value)) return null;
  const { value } = only;
  const event = (): RunEvent => eventOf(value);
  return { event, report: () => (mayTell(value.message) ? reportIn(event()) : null) };
}

/** The event that a line of a recording is; null for a line that is none. */
export function readEventLine(text: string): RunEvent | null {
  return readRecordedLine(text)?.event() ?? null;
}

/** What an event tells of the whole run; null for any but the last. */
export function reportIn({ message }: RunEvent): Report | null {
  if (!mayTell(message)) return null;
  const parsed = reportSchema.safeParse(message.report);
  return parsed.success ? parsed.data : null;
}

/** Reads a run that somebody has judged already. */
export interface RecordingReader extends RunReader {
  /** How it ended as its last line has it; null where that is missing. */
  told(): Conclusion | null;
  /** The verdict on its events, whatever that says. */
  judge: RunReader['conclude'];
}

/**
 * Reads a recording of ours. Its events keep their numbers, times and counts, and are redacted once more; its last line
 * tells the ending. Where that is missing, as after SIGKILL, the outcome is decided from the events.
 */
export function readRecording(lines: AsyncIterable<Batch<Line>>, redactor: Redactor): RecordingReader {
  const fold = foldFacts();
  let report: Report | null = null;
  let redactions = 0;
  let first: string | null = null;
  let sequence = 0;

  const redacted = redactValues(redactor);

  /** A line that a crash or a full disk damaged is told like one of claude's. */
  function* readDamaged(line: Line): Generator<RunEvent> {
    const timestamp = new Date().toISOString();
    for (const message of decodeLine(line).map((message) => redacted(message))) {
      fold.see(message);
      yield {
        sequence: ++sequence,
        timestamp,
        sessionId: null,
        message,
        redactions: 0,
        truncated: false,
      };
    }
  }

  /** A line is an event; where lines were glued together, several. */
  function* read(line: Line): Generator<RunEvent> {
    const { values, rest } = readJsonValues(line.text);
    for (const { text, value } of values) {
      const event = asEvent(value);
      if (event === null) yield* readDamaged({ text, terminated: true });
      else yield* readEvent(event);
    }
    if (rest !== '') yield* readDamaged({ ...line, text: rest });
  }

  function* readEvent(event: RunEvent): Generator<RunEvent> {
    ({ sequence } = event);
    const ending = reportIn(event);
    if (ending !== null) {
      report = redacted(ending);
      return;
    }
    first ??= event.timestamp;
    redactions += event.redactions;
    const message = redacted(event.message);
    fold.see(message);
    yield { ...event, message };
  }

  const told = (): Conclusion | null => report && { outcome: report.outcome, report };

  function judge(ending: Omit<Evidence, 'facts'>, run: FactsAround): Conclusion {
    const startedAt = first ?? run.startedAt;
    const totals = { total: redactions, byKind: {} };
    return concludeRun({ ...ending, facts: fold.facts() }, { ...run, startedAt, redactions: totals }, redactor);
  }

  return {
    async *events() {
      for await (const batch of lines) yield batch.flatMap((line) => [...read(line)]);
    },
    told,
    judge,
    conclude(ending, run) {
      const isWhole = ending.fault === null && ending.stoppedBy === null;
      return (isWhole ? told() : null) ?? judge(ending, run);
    },
  };
}

function asEvent(value: unknown): RunEvent | null {
  return isEvent(value) ? eventOf(value) : null;
}

/** What a line has to have to be an event; whatever else is missing or odd is made up for. */
interface Written {
  readonly sequence: number;
  readonly message: { readonly type: string };
}

function isEvent(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null || 'type' in value) return false;
  if (!('sequence' in value && isCount(value.sequence) && value.sequence > 0)) return false;
  return 'message' in value && isTagged(value.message);
}

function eventOf(value: Written): RunEvent {
  return {
    sequence: value.sequence,
    timestamp: timeOf('timestamp' in value ? value.timestamp : undefined),
    sessionId: 'sessionId' in value && typeof value.sessionId === 'string' ? value.sessionId : null,
    message: isOwn(value.message) ? value.message : recognise(value.message),
    redactions: 'redactions' in value && isCount(value.redactions) ? value.redactions : 0,
    truncated: 'truncated' in value && value.truncated === true,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A recording whose times were edited away must still end somewhere. */
function timeOf(value: unknown): string {
  const time = new Date(String(value));
  return (Number.isNaN(time.getTime()) ? new Date() : time).toISOString();
}

function mayTell(message: { readonly type: string }): message is { readonly type: 'sluice'; readonly report: unknown } {
  return message.type === 'sluice' && 'report' in message;
}

function isTagged(value: unknown): value is { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isOwn(message: { readonly type: string }): message is SluiceMessage {
  if (message.type !== 'sluice' || !('code' in message && 'text' in message && 'subtype' in message)) return false;
  if ('retry' in message && !attemptSchema.safeParse(message.retry).success) return false;
  return typeof message.code === 'string' && typeof message.text === 'string' && typeof message.subtype === 'string';
}
