import type { Report } from '../../outcome/report-schema.ts';
import type { Mask } from '../../secrets/mask.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import type { Query, QueryEnd } from '../observer.ts';
import { failureOf } from '../refusal.ts';
import type { Message } from './signed-headers.ts';

/** Bytes of what is posted, but for some hundreds: what a run came to is left out where there is more. */
const MOST_BYTES = 256 * 1024;

/** UTF-16 units of the line that says how it ended. */
const MOST_CHARS = 1_000;

/**
 * What a program is told of the end of a query; the run has the rest. Pure.
 * @param mask masks what its caller has put into labels
 */
export function endedMessage({ runId, request, receivedAt }: Query, end: QueryEnd, mask: Mask): Message {
  const { ended, ending, refusal, durationMs } = end;
  const report = ending?.report;
  const data = {
    runId,
    sessionId: report?.sessionId ?? null,
    labels: mapStrings(request?.labels ?? {}, mask),
    receivedAt,
    ended,
    outcome: report === undefined ? null : outcomeOf(report),
    error: refusal && failureOf(refusal),
    durationMs: Math.round(durationMs),
    costUsd: report?.totalCostUsd ?? null,
    turns: report?.numTurns ?? null,
    tokens: report?.usage ?? null,
    result: report?.result ?? null,
  };
  const bodyOf = (value: object): string =>
    escapeJson({ type: 'query.ended', timestamp: new Date().toISOString(), data: value });
  const whole = bodyOf(data);
  const isWhole = Buffer.byteLength(whole) <= MOST_BYTES;
  return { id: runId, body: isWhole ? whole : bodyOf({ ...data, result: null, resultLeftOut: true }) };
}

function outcomeOf({ outcome }: Report) {
  const { class: outcomeClass, exitCode, retryable, message } = outcome;
  return { class: outcomeClass, exitCode, retryable, message: message.slice(0, MOST_CHARS) };
}
