import { describeWait } from '../outcome/describe-wait.ts';
import type { StopReason } from '../outcome/evidence.ts';
import { isRefusedKey, mostRetries } from '../outcome/most-retries.ts';
import type { StreamFacts } from '../outcome/facts.ts';
import type { Outcome } from '../outcome/outcome.ts';
import type { MessageOf, SluiceMessage } from '../messages/types.ts';

/** How far retries may go. */
export interface RetryLimits {
  /** How many there may be, claude's own of an API call and ours of the whole run together. */
  readonly retries: number;
  /** The longest wait before one, in milliseconds. */
  readonly maxWaitMs: number;
  /** The longest wait for a limit to reset, once a run, in milliseconds; 0 for none. */
  readonly resetMs: number;
}

/** All that decides whether a run is started again. */
export interface RetryEvidence {
  readonly outcome: Pick<Outcome, 'class' | 'retryable' | 'retryAfter'>;
  readonly facts: StreamFacts;
  readonly limits: RetryLimits;
  /** Runs started before this one. */
  readonly reruns: number;
  /** Milliseconds left of `--timeout`; Infinity without one. */
  readonly remainingMs: number;
  /**
   * Whether the session is this run's alone. In one that was resumed, continued or given by id a second run would find
   * the id taken, or the prompt twice in the history.
   */
  readonly freshSession: boolean;
  /** Whether the session can be gone on with: it is kept, and there when claude starts again. */
  readonly canResume: boolean;
  readonly stoppedBy: StopReason | null;
  /** A number from 0 to 1, as `Math.random` gives it. */
  readonly random: () => number;
}

/** A run to be started again: after which wait, and what is said of it. */
export interface RetryPlan {
  readonly waitMs: number;
  /** The session to go on with, where something was done in it; null: the run starts again as it was. */
  readonly resume: string | null;
  readonly notice: SluiceMessage;
}

/**
 * Whether a whole run is to be started again; null: no. Only what failed for the moment is, what nobody stopped, and
 * what has done nothing yet: once a tool was used, claude's own retries alone are safe. Those count too: what they could
 * not get past, another run will not either. A limit that resets soon enough is waited for whatever was done: then the
 * session is gone on with.
 */
export function planRetry(evidence: RetryEvidence): RetryPlan | null {
  return planReset(evidence) ?? planAnother(evidence);
}

function planAnother(evidence: RetryEvidence): RetryPlan | null {
  const { outcome, facts, limits, remainingMs, freshSession, stoppedBy } = evidence;
  if (!outcome.retryable || stoppedBy !== null || !freshSession || facts.tools.length > 0) return null;
  if (facts.retries >= limits.retries || !tellsItsRetries(facts) || wasToldToStayAway(evidence)) return null;
  const waitMs = Math.max(backoff(evidence), 1_000 * (outcome.retryAfter ?? 0));
  if (waitMs > limits.maxWaitMs || waitMs >= remainingMs) return null;
  const retry = retryOf(evidence, waitMs, outcome.class);
  return { waitMs, resume: null, notice: noticeOf(retry, describeRetry(retry)) };
}

/** What attempts call a wait for a limit: there is one in a run. */
const RESET = 'limit_reset';

function planReset(evidence: RetryEvidence): RetryPlan | null {
  const { outcome, facts, limits, remainingMs, freshSession, canResume, stoppedBy, random } = evidence;
  const { class: own, retryAfter } = outcome;
  if (limits.resetMs === 0 || own !== 'rate_limited' || retryAfter === undefined) return null;
  if (stoppedBy !== null && stoppedBy !== 'hopeless') return null;
  if (facts.attempts.some(({ error }) => error === RESET)) return null;
  const isUntouched = freshSession && facts.tools.length === 0;
  const resume = isUntouched ? null : facts.sessionId;
  if (!isUntouched && (resume === null || !canResume)) return null;
  const waitMs = Math.round(1_000 * retryAfter + FIRST_WAIT_MS * (1 + 4 * random()));
  if (waitMs > limits.resetMs || waitMs >= remainingMs) return null;
  const then = resume === null ? 'the run starts again' : 'the run goes on with its session';
  return {
    waitMs,
    resume,
    notice: noticeOf(
      retryOf(evidence, waitMs, RESET),
      `a limit was reached; ${then} when it has reset, in ${describeWait(waitMs)}`,
    ),
  };
}

type Retry = NonNullable<SluiceMessage['retry']>;

function retryOf({ facts, limits, reruns }: RetryEvidence, delayMs: number, error: string): Retry {
  const status = facts.result?.api_error_status ?? facts.apiStatus;
  return { by: 'sluice', attempt: reruns + 1, maxRetries: limits.retries, delayMs, status, error };
}

function noticeOf(retry: Retry, text: string): SluiceMessage {
  return { type: 'sluice', subtype: 'notice', code: 'retry', text, retry };
}

/**
 * Whether a retry that claude announces is one to cut short: of a refused key, which nothing changes any more after the
 * first retry with a renewed login, or one that is further away than is allowed.
 */
export function isHopeless(retry: MessageOf<'system', 'api_retry'>, limits: RetryLimits, remainingMs: number): boolean {
  const { attempt, error_status: status, retry_delay_ms: delayMs } = retry;
  if (isRefusedKey(status) && attempt > mostRetries(retry)) return true;
  return delayMs > limits.maxWaitMs || delayMs >= remainingMs;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_BACKOFF_MS = 32_000;

/** The share of a wait that is random, so that runs which failed together do not retry together. */
const JITTER = 0.25;

function backoff({ reruns, random }: RetryEvidence): number {
  return Math.round(Math.min(FIRST_WAIT_MS * 2 ** reruns, LONGEST_BACKOFF_MS) * (1 + JITTER * random()));
}

/** Claude before 2.1 does not report its retries, which take up to three minutes. */
function tellsItsRetries({ init }: StreamFacts): boolean {
  const [major = 0, minor = 0] = (init?.claude_code_version ?? '').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 1);
}

/**
 * Claude gives a 429 up at once, without a word about how long, when the API asks for more than a minute of patience
 * (2.1.197, 2.1.329). Where it says when the limit ends, that counts.
 */
function wasToldToStayAway({ outcome, facts }: RetryEvidence): boolean {
  return outcome.class === 'rate_limited' && outcome.retryAfter === undefined && facts.attempts.at(-1)?.by !== 'claude';
}

function describeRetry(retry: Retry): string {
  const status = retry.status === null ? '' : ` (${retry.status})`;
  const wait = describeWait(retry.delayMs);
  return `${retry.error}${status}, and nothing was done yet: the run starts again in ${wait}, retry ${retry.attempt} of at most ${retry.maxRetries}`;
}
