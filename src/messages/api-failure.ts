import type { StreamFacts } from './facts.ts';
import type { OutcomeClass } from './outcome.ts';

/**
 * The class of a run that claude ended because of the API. No signal is enough by itself: `assistant.error` is
 * `server_error` for 5xx, 529 and refused connections alike, 2.1.197 forgets the status of repeated 529s, and old
 * versions tell it only in the text. Texts are looked at in what claude itself wrote, never in an answer.
 */
export function classifyApiFailure(facts: StreamFacts): OutcomeClass {
  const { result, apiError } = facts;
  const text = result?.result ?? facts.notice;
  const reason = result?.terminal_reason;
  const status = result?.api_error_status ?? leadingStatus(text);

  if (facts.refused || result?.stop_reason === 'refusal' || REFUSAL.test(text)) return 'refused';
  if (apiError === 'billing_error' || text.startsWith('Credit balance is too low')) return 'billing';
  if (AUTH_ERRORS.has(apiError ?? '') || status === 401 || status === 403 || AUTH.test(text)) return 'auth';
  if (TOO_LONG_REASONS.has(reason ?? '') || status === 413 || TOO_LONG.test(text)) return 'prompt_too_long';
  if (status === 529 || apiError === 'overloaded' || OVERLOADED.test(text)) return 'overloaded';
  if (status === 429 || apiError === 'rate_limit' || RATE_LIMITED.test(text)) return 'rate_limited';
  if (status === 400 || status === 404 || apiError === 'model_not_found') return 'invalid_request';
  if (status !== null && status >= 500) return 'api_error';
  if (NETWORK.test(text)) return 'network';
  if (MALFORMED.test(text)) return 'api_error';
  return 'failed';
}

/**
 * The class of an API failure that claude was about to try again when it was stopped: it tells the status and nothing
 * else.
 * @param status null when the API could not be reached
 */
export function classifyRetriedStatus(status: number | null): OutcomeClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate_limited';
  if (status === 529) return 'overloaded';
  // The API gave up waiting for the request.
  return status === null || status === 408 ? 'network' : 'api_error';
}

const AUTH_ERRORS = new Set([
  'authentication_failed',
  'oauth_org_not_allowed',
  'account_on_hold',
  'verification_required',
  'cloud_credential_error',
]);
const TOO_LONG_REASONS = new Set(['prompt_too_long', 'blocking_limit']);

const REFUSAL = /safeguards (?:flagged|stopped)|appears to violate our Usage Policy/;
const AUTH =
  /^(?:Invalid API key|Not logged in|OAuth token|Please run \/login|Failed to authenticate|Authentication error)|^Your (?:organization has disabled|ANTHROPIC_API_KEY belongs to)/;
const TOO_LONG = /^Prompt is too long|^Request too large|reached its context window limit/i;
const OVERLOADED = /^API Error: (?:Repeated )?529\b|experiencing high load/;
const RATE_LIMITED = /^You've hit your .*limit|^API Error: Request rejected \(429\)|temporarily limiting requests/;
const NETWORK =
  /^API Error: (?:Connection error|Unable to connect|Connection (?:refused|to the API)|The operation timed out|Stream idle timeout|Request timed out)|\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ConnectionRefused)\b|^Request timed out/;
const MALFORMED = /^API Error: API returned an empty or malformed response/;

/** The status that old versions put in front of their text; a number further on may be a port. */
function leadingStatus(text: string): number | null {
  const match = /^API Error: (\d{3})\b/.exec(text);
  return match ? Number(match[1]) : null;
}
