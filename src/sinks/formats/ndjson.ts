import type { Report } from '../../outcome/report-schema.ts';
import type { RunEvent } from '../../messages/types.ts';
import { escapeJson } from '../safe-text.ts';
import { unchangedJson } from './unchanged-json.ts';
import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';

/** One event a line, as it happens; the last one tells how the run ended, with its report. */
export function createNdjsonSink(out: Output): Sink {
  let sequence = 0;
  return {
    write(event) {
      ({ sequence } = event);
      return out.write(eventLine(event));
    },
    close: (ending) => out.write(eventLine(endingEvent(ending.report, sequence + 1))),
  };
}

/** Everything that was heard, unclipped; `sluice replay` reads it. */
export function createRecordingSink(out: Output): Sink {
  return { ...createNdjsonSink(out), whole: true };
}

/** An event as a line of a recording. */
export function eventLine(event: RunEvent): string {
  const json = Object.keys(event).length === FIELDS ? unchangedJson(event.message) : null;
  return json === null ? `${escapeJson(event)}\n` : lineAround(json, event);
}

/** As many fields as an event has, unless somebody has added to it. */
const FIELDS = 6;

function lineAround(json: string, { sequence, timestamp, sessionId, redactions, truncated }: RunEvent): string {
  const place = placeOf(timestamp, sessionId);
  return `{"sequence":${sequence},${place},"message":${json},"redactions":${redactions},"truncated":${truncated}}\n`;
}

/** Made once for all events of a session that come within a millisecond. */
let last: Place = { timestamp: '', sessionId: null, json: '"timestamp":"","sessionId":null' };

type Place = Pick<RunEvent, 'timestamp' | 'sessionId'> & { readonly json: string };

function placeOf(timestamp: string, sessionId: string | null): string {
  if (timestamp !== last.timestamp || sessionId !== last.sessionId) {
    const json = `"timestamp":${escapeJson(timestamp)},"sessionId":${escapeJson(sessionId)}`;
    last = { timestamp, sessionId, json };
  }
  return last.json;
}

/** The event that tells how a run ended; it comes after all others. */
export function endingEvent(report: Report, sequence: number): RunEvent {
  const { class: outcome, message: text } = report.outcome;
  const subtype = outcome === 'success' ? 'notice' : 'error';
  return {
    sequence,
    timestamp: new Date(Date.parse(report.startedAt) + report.executionTime).toISOString(),
    sessionId: report.sessionId,
    message: { type: 'sluice', subtype, code: 'ending', text, report },
    redactions: 0,
    truncated: false,
  };
}
