import type { Report } from '../outcome/report-schema.ts';
import { type OutcomeClass, RETRYABLE } from '../outcome/classes.ts';
import type { State } from './journal/entry.ts';

/** What becomes of an item whose run has ended. */
export type Verdict =
  | {
      /** It is left as it is: for good, or until the batch is started again. */
      readonly next: 'leave';
      readonly state: State;
      /** Why it is not done. */
      readonly message?: string;
      /** Whether all others would end the same way. */
      readonly isHopeless: boolean;
    }
  | {
      /** It is to be run again. */
      readonly next: 'again';
      /** Milliseconds before any item may begin; 0: at once. */
      readonly pauseMs: number;
      /** Whether that was one of its tries: a limit that has to reset is nobody's fault. */
      readonly spends: boolean;
    };

/** What a verdict goes by. */
export interface Run {
  readonly report: Pick<Report, 'outcome'>;
  /** The first tool that it used which may write; null: none. */
  readonly tool: string | null;
  /** The options that the item sets itself. */
  readonly own: readonly string[];
  /** How many tries are left after this one. */
  readonly triesLeft: number;
}

/** Runs that were cut off: claude itself did not say how far it got. */
const CUT_OFF: ReadonlySet<OutcomeClass> = new Set(['crashed', 'truncated', 'timeout', 'stalled']);

/** What the next item would meet as well. */
const SHARED: ReadonlySet<OutcomeClass> = new Set(['auth', 'billing', 'claude_not_found', 'output_error']);

/** Nothing that may have been done is done twice, and nothing is tried that is known to fail. */
export function judge({ report: { outcome }, tool, own, triesLeft }: Run): Verdict {
  const { class: ending, message, retryAfter } = outcome;
  // There is an answer; what is made of its findings is said by the exit code.
  if (ending === 'success' || ending === 'findings') return { next: 'leave', state: 'done', isHopeless: false };
  const isHopeless = isShared(outcome, own);
  const isUnsure = isHopeless || ending === 'interrupted' || RETRYABLE.has(ending) || CUT_OFF.has(ending);
  if (tool !== null && isUnsure)
    return { next: 'leave', state: 'uncertain', message: `it had used ${tool}: ${message}`, isHopeless };
  if (isHopeless || ending === 'interrupted') return { next: 'leave', state: 'open', message, isHopeless };
  if (RETRYABLE.has(ending)) {
    const pauseMs = 1000 * (retryAfter ?? 0);
    if (ending === 'rate_limited' && pauseMs > 0) return { next: 'again', pauseMs, spends: false };
    if (triesLeft > 0) return { next: 'again', pauseMs, spends: true };
  }
  return { next: 'leave', state: 'failed', message, isHopeless: false };
}

function isShared({ class: ending, evidence }: Report['outcome'], own: readonly string[]): boolean {
  if (SHARED.has(ending)) return true;
  // What the user's runs may use together is used up; claude's own limit is the item's.
  if (ending === 'max_budget' && evidence.resultSubtype === null) return true;
  // A model that there is not, or options that claude does not take.
  if (ending === 'invalid_request' && evidence.apiErrorStatus === 404) return !own.includes('model');
  return ending === 'usage' && own.length === 0;
}
