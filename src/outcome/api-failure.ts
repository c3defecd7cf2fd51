import type { StreamFacts } from './facts.ts';
import type { OutcomeClass } from './classes.ts';
import { resetTimeIn } from './reset-time.ts';
import { classOfSigns } from './failure-signs.ts';

/**
 * The class of a run that claude ended because of the API. No signal is enough by itself: `assistant.error` is
 * `server_error` for 5xx, 529 and refused connections alike, 2.1.197 forgets the status of repeated 529s, and old
 * versions tell it only in the text.
 * @param now when the run ended, in epoch milliseconds
 */
export function classifyApiFailure(facts: StreamFacts, now: number): OutcomeClass {
  const { result, apiError } = facts;
  if (facts.refused || result?.stop_reason === 'refusal') return 'refused';
  const text = errorText(facts);
  const signs = {
    text,
    status: result?.api_error_status ?? statusIn(text),
    code: apiError,
    reason: result?.terminal_reason ?? null,
    ends: limitEndOf(facts, now) !== null,
  };
  return classOfSigns(signs) ?? 'failed';
}

/**
 * The class of an API failure that claude was about to try again when it was stopped: it tells the status and nothing
 * else.
 * @param status null when the API could not be reached
 */
export function classifyRetriedStatus(status: number | null): OutcomeClass {
  if (status === null) return 'network';
  return classOfSigns({ text: '', status, code: null, reason: null, ends: false }) ?? 'api_error';
}

/**
 * When what kept claude from answering ends by itself, in epoch milliseconds, which may be past: as a rejected
 * `rate_limit_event` told, or else claude's words. Null when nobody told.
 */
export function limitEndOf(facts: StreamFacts, now: number): number | null {
  const { limitResetsAt } = facts;
  if (limitResetsAt !== null && Number.isFinite(limitResetsAt * 1000)) return limitResetsAt * 1000;
  return resetTimeIn(errorText(facts), now);
}

/** How much of an error's text is looked at; what matters stands in its beginning. */
const LONGEST_TEXT = 4_000;

/** What claude said in place of an answer: the text of a result that is an error is always its own. */
function errorText({ result, notice }: StreamFacts): string {
  return (result?.result || notice).slice(0, LONGEST_TEXT).replaceAll('’', "'");
}

/** The status that old versions, and newer ones for failures of gateways, put into their text. */
function statusIn(text: string): number | null {
  const match =
    /(?:^|\bAPI Error(?: \([^)]*\))?: |\bAPI Error \()(?:Request rejected \()?([45]\d\d)(?![\w.:]\d|\w)/.exec(text);
  return match ? Number(match[1]) : null;
}
