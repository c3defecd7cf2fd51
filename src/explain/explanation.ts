import { resumableSession } from '../outcome/report.ts';
import { numbered } from '../outcome/words.ts';
import type { Ending } from '../sinks/sink.ts';
import { ADVICE } from './advice.ts';
import type { Timeline } from './timeline.ts';

/** Why a run ended as it did. */
export interface Explanation {
  readonly class: string;
  readonly exitCode: number;
  readonly message: string;
  /** What the verdict goes by, in words, what counts most first. */
  readonly evidence: readonly string[];
  readonly warnings: readonly string[];
  readonly timeline: Timeline;
  readonly advice: readonly string[];
}

/** Puts together what is known of a run that is over. */
export function explain(ending: Ending, timeline: Timeline): Explanation {
  const { class: own, exitCode, message, warnings } = ending;
  const sessionId = resumableSession(ending);
  return {
    class: own,
    exitCode,
    message,
    evidence: evidenceOf(ending, timeline),
    warnings,
    timeline,
    advice: [...ADVICE[own], ...(sessionId === null ? [] : [`To go on: sluice --resume ${sessionId} "go on"`])],
  };
}

function evidenceOf({ report }: Ending, { lastCall, last, messages }: Timeline): string[] {
  const { evidence } = report.outcome;
  const { attempts, permissionDenials, claude } = report;
  const own = attempts.filter(({ by }) => by === 'claude').length;
  return [
    ...when(
      evidence.stoppedBy !== null,
      `sluice ended it early: ${STOPS[evidence.stoppedBy ?? ''] ?? evidence.stoppedBy}`,
    ),
    resultOf(evidence),
    ...when(evidence.apiError !== null || evidence.apiErrorStatus !== null, apiFailureOf(evidence)),
    ...when(evidence.signal !== null, `claude was ended by ${evidence.signal}`),
    ...when(evidence.exitCode !== null, `claude exited with ${evidence.exitCode}, which alone says little`),
    ...when(evidence.tornTail, "the last line of claude's output broke off"),
    ...when(own > 0, `claude tried calls of the API again, ${numbered(own, 'time')}`),
    ...when(attempts.length > own, `sluice started the run again, ${numbered(attempts.length - own, 'time')}`),
    ...when(permissionDenials.length > 0, `${numbered(permissionDenials.length, 'call')} of tools denied`),
    ...when(lastCall?.ended === 'not at all', `the last call of a tool, ${lastCall?.name}, has no result`),
    ...when(report.partial && messages > 0, `when the last message had come: ${last}`),
    ...when(claude.stderr.trim() !== '', `claude's stderr ends with: ${claude.stderr.trim().split('\n').at(-1)}`),
  ];
}

function resultOf({
  results,
  resultSubtype,
  isError,
  terminalReason,
}: Ending['report']['outcome']['evidence']): string {
  if (results === 0) return 'claude gave no result';
  const error = isError === true ? ', and calls it an error' : '';
  const reason = terminalReason === null ? '' : ` (${terminalReason})`;
  return `claude's result is ${resultSubtype ?? 'unnamed'}${reason}${error}`;
}

function apiFailureOf({ apiError, apiErrorStatus }: Ending['report']['outcome']['evidence']): string {
  const parts = [apiErrorStatus === null ? null : `status ${apiErrorStatus}`, apiError];
  return `the API failed: ${parts.filter((part) => part !== null).join(', ')}`;
}

const STOPS: Readonly<Record<string, string>> = {
  timeout: 'the time limit was reached',
  stalled: 'nothing happened for too long',
  output_error: 'the output could not be written',
  lingering: 'claude had given its result and did not exit',
  hopeless: 'the next try could not help, or was too far away',
  unmet: 'claude was about to do something else than was asked',
  server_missing: 'an MCP server was missing',
  reader_gone: 'the reader of the output went away',
  SIGINT: 'by SIGINT, as Ctrl-C sends it',
  SIGTERM: 'by SIGTERM',
  SIGHUP: 'by SIGHUP, as a terminal sends it that closes',
};

function when(condition: boolean, text: string): string[] {
  return condition ? [text] : [];
}
