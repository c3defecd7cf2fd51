import type { CallToolResult } from '@modelcontextprotocol/server';
import type { OutcomeClass } from '../../../outcome/classes.ts';
import type { Answer } from '../../queries.ts';
import { type ErrorCode, type Failure, failureOf, Refusal } from '../../refusal.ts';
import { mapStrings } from '../../../stream/map-strings.ts';
import type { McpFace } from '../face.ts';
import { MESSAGES_TOOL } from '../tools/names.ts';
import { shorten } from '../../../shorten.ts';

/** How many warnings a failure tells, and UTF-16 units of each and of what claude printed to stderr. */
const MAX_WARNINGS = 10;
const MAX_TEXT = 2_000;

/** The failure that anything thrown is to a caller. A fault of our own is told to `onFault`, and to no caller. */
export function failureOfThrown(thrown: unknown, { onFault, redact }: Pick<McpFace, 'onFault' | 'redact'>): Failure {
  if (thrown instanceof Refusal) return mapStrings(failureOf(thrown), redact);
  onFault?.(thrown);
  const message = 'sluice itself failed with this request; the log of the server tells more';
  return { status: 'error', error_code: 'server_error', message, details: {} };
}

/** What a run that brought nothing is to a caller: all that a model needs to decide what to do next. */
export function failureOfRun({ bundle, isKept }: Pick<Answer, 'bundle' | 'isKept'>): Failure {
  const { outcome, runId, sessionId, executionTime, numTurns, totalCostUsd, claude, truncation } = bundle;
  const { class: outcomeClass, retryable, retryAfter, message, warnings } = outcome;
  return {
    status: 'error',
    error_code: ERROR_CODES[outcomeClass],
    message: shorten(outcomeClass === 'auth' ? `${message}, where sluice mcp was started` : message, MAX_TEXT),
    details: {
      class: outcomeClass,
      runId,
      sessionId,
      retryable,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      warnings: warnings.slice(0, MAX_WARNINGS).map((warning) => shorten(warning, MAX_TEXT)),
      executionTime,
      numTurns,
      totalCostUsd,
      ...(claude.stderr === '' ? {} : { stderr: shorten(claude.stderr, MAX_TEXT) }),
      ...(truncation.total === 0 || !isKept ? {} : { messages: { tool: MESSAGES_TOOL, arguments: { runId } } }),
    },
  };
}

/** Text alone: it is all of an error that a model is shown. */
export function failureResult(failure: Failure): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(failure) }] };
}

const ERROR_CODES: Readonly<Record<OutcomeClass, ErrorCode>> = {
  success: 'server_error',
  failed: 'server_error',
  refused: 'forbidden',
  invalid_request: 'bad_request',
  prompt_too_long: 'bad_request',
  schema_unmet: 'server_error',
  not_run: 'bad_request',
  usage: 'bad_request',
  claude_not_found: 'unavailable',
  auth: 'unauthorized',
  billing: 'forbidden',
  max_turns: 'bad_request',
  max_budget: 'bad_request',
  crashed: 'server_error',
  truncated: 'server_error',
  denied: 'forbidden',
  incomplete: 'server_error',
  findings: 'server_error',
  internal: 'server_error',
  output_error: 'server_error',
  rate_limited: 'rate_limited',
  locked: 'unavailable',
  overloaded: 'unavailable',
  api_error: 'unavailable',
  network: 'unavailable',
  timeout: 'timeout',
  stalled: 'timeout',
  interrupted: 'unavailable',
};
