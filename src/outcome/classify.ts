import { classifyApiFailure, classifyRetriedStatus, limitEndOf } from './api-failure.ts';
import type { Evidence, StopReason } from './evidence.ts';
import { deniedCount } from './facts.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES, type InterruptReason, type OutcomeClass, RETRYABLE } from './classes.ts';
import { areFindings, type Level, LEVELS } from './findings.ts';
import type { Outcome } from './outcome.ts';
import { describeEnding } from './describe-ending.ts';
import { classifyRefusedStart, classifyRejection } from './rejection.ts';
import { shortcomingsOf } from './shortcomings.ts';
import { warningsOf } from './warnings.ts';

/**
 * Decides how a run ended, from every signal and never from one alone: claude's exit codes, result subtypes and
 * `is_error` each lie in some version. Pure: the same evidence gives the same outcome.
 */
export function classify(evidence: Evidence): Outcome {
  const { facts, exit } = evidence;
  const verdict = decide(evidence);
  const retryAfter = RETRYABLE.has(verdict.class) ? secondsToWait(evidence) : undefined;
  const message = describeEnding(verdict.class, evidence, retryAfter);
  return {
    class: verdict.class,
    exitCode: verdict.interrupt ? INTERRUPT_EXIT_CODES[verdict.interrupt] : EXIT_CODES[verdict.class],
    retryable: RETRYABLE.has(verdict.class),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    message,
    warnings: warningsOf(evidence, message),
    evidence: {
      exitCode: exit?.code ?? null,
      signal: exit?.signal ?? null,
      resultSubtype: facts.result?.subtype ?? null,
      isError: facts.result?.is_error ?? null,
      apiErrorStatus: facts.result?.api_error_status ?? facts.apiStatus,
      apiError: facts.apiError,
      terminalReason: facts.result?.terminal_reason ?? null,
      results: facts.results,
      tornTail: facts.tornTail,
      stoppedBy: evidence.stoppedBy,
    },
  };
}

interface Verdict {
  readonly class: OutcomeClass;
  /** For `interrupted`: by what. */
  readonly interrupt?: InterruptReason;
}

function decide(evidence: Evidence): Verdict {
  const { facts, fault, stoppedBy } = evidence;
  if (fault !== null) return { class: fault.code };
  // Whatever came of it, it is not what was asked.
  if (stoppedBy === 'unmet') return { class: 'usage' };
  if (stoppedBy === 'server_missing') return { class: 'incomplete' };
  const result = facts.result === null ? null : classifyResult(evidence);
  // What ended well before we stopped it, ended well.
  if (stoppedBy !== null && result !== 'success') {
    const stopped = classifyStop(stoppedBy, evidence);
    if (stopped !== null) return stopped;
  }
  if (stoppedBy === 'reader_gone') return { class: 'interrupted', interrupt: 'reader_gone' };
  if (result === 'interrupted') return { class: 'interrupted', interrupt: 'SIGINT' };
  if (result === 'success' && (facts.damagedLines > 0 || isCutLater(evidence))) return { class: 'truncated' };
  if (result !== null) return { class: result };
  return classifyWithoutResult(evidence);
}

/** Whether what came after a good result, such as a turn about a background task, breaks off, and not by our doing. */
function isCutLater({ facts, exit, stoppedBy }: Evidence): boolean {
  if (stoppedBy !== null) return false;
  return facts.tornTail || (facts.turnOpen && exit !== null && exit.code !== 0);
}

function classifyStop(reason: StopReason, { facts }: Evidence): Verdict | null {
  switch (reason) {
    case 'SIGINT':
    case 'SIGTERM':
    case 'SIGHUP':
    case 'reader_gone':
      return { class: 'interrupted', interrupt: reason };
    case 'timeout':
    case 'stalled':
    case 'output_error':
      return { class: reason };
    case 'hopeless':
      return { class: classifyRetriedStatus(facts.apiStatus) };
    case 'unmet':
    case 'server_missing':
    case 'lingering':
      return null;
    default:
      return reason satisfies never;
  }
}

const LIMITS = new Map<string | undefined, OutcomeClass>([
  ['error_max_turns', 'max_turns'],
  ['max_turns', 'max_turns'],
  ['error_max_budget_usd', 'max_budget'],
  ['budget_exhausted', 'max_budget'],
  ['error_max_structured_output_retries', 'schema_unmet'],
  ['structured_output_retry_exhausted', 'schema_unmet'],
]);

function classifyResult(evidence: Evidence): OutcomeClass {
  const { facts, asked, endedAt } = evidence;
  const { result } = facts;
  if (result === null) return 'crashed';
  const limit = LIMITS.get(result.subtype) ?? LIMITS.get(result.terminal_reason);
  if (limit !== undefined) return limit;
  if (result.terminal_reason?.startsWith('aborted_')) return 'interrupted';
  if (result.subtype === 'error_during_execution') return classifyRefusedStart(facts) ?? 'failed';
  if (result.is_error || saysItGaveUp(facts)) return classifyApiFailure(facts, endedAt);
  if (result.subtype !== 'success') return 'failed';
  if (result.stop_reason === 'refusal') return 'refused';
  if (asked.schema && result.structured_output === undefined) return 'schema_unmet';
  if (asked.findings === true && !areFindings(result.structured_output)) return 'schema_unmet';
  if (facts.blocked || localCommandFailed(facts)) return 'not_run';
  if (result.terminal_reason === 'hook_stopped' && !result.result) return 'failed';
  if (asked.failOn.includes('denied') && deniedCount(facts) > 0) return 'denied';
  if (shortcomingsOf(evidence).some(({ failsOn }) => failsOn === 'always' || asked.failOn.includes(failsOn)))
    return 'incomplete';
  return asked.failOnFindings === undefined
    ? 'success'
    : classifyFindings(result.structured_output, asked.failOnFindings);
}

/** What cannot be read has not been found to be fine. */
function classifyFindings(answer: unknown, gravest: Level): OutcomeClass {
  if (!areFindings(answer)) return 'schema_unmet';
  const failing = LEVELS.slice(0, LEVELS.indexOf(gravest) + 1);
  return answer.findings.some(({ level }) => failing.includes(level)) ? 'findings' : 'success';
}

/** An error of the API that claude itself told as the answer, whatever else the result says. */
function saysItGaveUp({ result, notice, apiError }: Evidence['facts']): boolean {
  return notice !== '' && result?.result === notice && (apiError !== null || notice.startsWith('API Error: '));
}

/** A slash command that claude does not know (2.1.197) or that failed: a success on the wire, with zero turns. */
function localCommandFailed({ result, notice }: Evidence['facts']): boolean {
  return result?.num_turns === 0 && /^(?:Unknown (?:slash )?command: |Error: )/.test(notice);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function classifyWithoutResult(evidence: Evidence): Verdict {
  const { facts, exit } = evidence;
  const interrupt = SIGNALS.find((name) => exit?.signal === name || exit?.code === INTERRUPT_EXIT_CODES[name]);
  if (interrupt !== undefined) return { class: 'interrupted', interrupt };
  if (exit?.signal != null) return { class: 'crashed' };
  // Nothing was started: this is a replay of what is no recording, be its only line whole or not.
  if (exit === null && facts.messages === 0) return { class: 'usage' };
  if (facts.tornTail) return { class: 'truncated' };
  if (facts.damagedLines > 0 && facts.messages > 0) return { class: 'truncated' };
  return { class: classifyRejection(evidence) ?? 'crashed' };
}

/** Until the limit ends, or for as long as claude would have waited. */
function secondsToWait({ facts, stoppedBy, endedAt }: Evidence): number | undefined {
  const end = limitEndOf(facts, endedAt);
  if (end !== null) return Math.max(0, Math.ceil((end - endedAt) / 1000));
  const refused = stoppedBy === 'hopeless' ? facts.attempts.at(-1) : undefined;
  return refused && Math.max(0, Math.ceil(refused.delayMs / 1000));
}
