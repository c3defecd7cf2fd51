import { classify } from '../messages/classify.ts';
import { type Report, reportSchema } from '../messages/bundle.ts';
import { foldFacts } from '../messages/facts.ts';
import { makeReport } from '../messages/report.ts';
import { recognise } from '../messages/recognise.ts';
import type { Message, RunEvent, SluiceMessage } from '../messages/types.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { mapStrings } from './map-strings.ts';
import type { RunReader } from './read-run.ts';
import type { Line } from './split-lines.ts';
import type { Batch } from './stage.ts';

/** Whether a line is one of a recording's: an event of ours around a message. */
export function isRecorded(line: Line): boolean {
  return parseRecorded(line) !== null;
}

/**
 * Reads a recording of ours. Its events keep their numbers, times and counts, and are redacted once more; its last line
 * tells the ending. Where that is missing, as after SIGKILL, the outcome is decided from the events.
 */
export function readRecording(lines: AsyncIterable<Batch<Line>>, redactor: Redactor): RunReader {
  const fold = foldFacts();
  let report: Report | null = null;
  let redactions = 0;
  let first: string | null = null;

  function* read(line: Line): Generator<RunEvent> {
    const event = parseRecorded(line);
    if (event === null) return;
    const ending = endingOf(event.message);
    if (ending !== null) {
      report = mapStrings(ending, (text) => redactor.redact(text).text);
      return;
    }
    first ??= event.timestamp;
    redactions += event.redactions;
    const message = mapStrings(event.message, (text) => redactor.redact(text).text);
    fold.see(message);
    yield { ...event, message };
  }

  return {
    async *events() {
      for await (const batch of lines) yield batch.flatMap((line) => [...read(line)]);
    },
    conclude(ending, run) {
      if (report !== null) return { outcome: report.outcome, report };
      const evidence = { ...ending, facts: fold.facts() };
      const outcome = classify(evidence);
      const startedAt = first ?? run.startedAt;
      const totals = { total: redactions, byKind: {} };
      return { outcome, report: makeReport(evidence, outcome, { ...run, startedAt, redactions: totals }) };
    },
  };
}

function parseRecorded({ text }: Line): RunEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || 'type' in value) return null;
  if (!('sequence' in value && typeof value.sequence === 'number')) return null;
  if (!('message' in value && isTagged(value.message))) return null;
  return {
    sequence: value.sequence,
    timestamp: 'timestamp' in value ? String(value.timestamp) : '',
    sessionId: 'sessionId' in value && typeof value.sessionId === 'string' ? value.sessionId : null,
    message: isOwn(value.message) ? value.message : recognise(value.message),
    redactions: 'redactions' in value ? Number(value.redactions) : 0,
    truncated: 'truncated' in value && value.truncated === true,
  };
}

function isTagged(value: unknown): value is { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isOwn(message: { readonly type: string }): message is SluiceMessage {
  return message.type === 'sluice' && 'code' in message && 'text' in message && 'subtype' in message;
}

function endingOf(message: Message): Report | null {
  if (message.type !== 'sluice' || !('report' in message)) return null;
  const parsed = reportSchema.safeParse(message.report);
  return parsed.success ? parsed.data : null;
}
