import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import { type OutcomeClass, RETRYABLE } from '../../../src/outcome/classes.ts';
import { assistant, evidence, init, result } from './evidence.ts';

const NOW = Date.parse('2026-11-21T03:00:00Z');
const HOUR = 3_600;

/** The outcome of a run that claude gave up with this text. */
function outcomeOf(text: string, { status = null, code }: { status?: number | null; code?: string } = {}) {
  const said = assistant(text, code === undefined ? {} : { error: code }, { model: '<synthetic>' });
  const failed = result({ is_error: true, result: text, api_error_status: status });
  return classify(evidence([init(), said, failed], { exit: { code: 1, signal: null }, endedAt: NOW }));
}

type Row = readonly [text: string, status: number | null, expected: OutcomeClass, retryAfter?: number];

/** JSON as the API sends it, and old versions print it. */
const apiError = (status: number, type: string, message: string): string =>
  `API Error: ${status} ${JSON.stringify({ type: 'error', error: { type, message } })}`;

const limits: readonly Row[] = [
  ['Claude AI usage limit reached|1795233600', 429, 'rate_limited', HOUR],
  ['Claude AI usage limit reached|1795229000', null, 'rate_limited', 0],
  ['Claude usage limit reached. Your limit will reset at 9am (Europe/London).', null, 'rate_limited', 6 * HOUR],
  ['5-hour limit reached ∙ resets 6am (UTC)', null, 'rate_limited', 3 * HOUR],
  ['Opus weekly limit reached ∙ resets Nov 24 at 3am (UTC)', null, 'rate_limited', 72 * HOUR],
  ["You've hit your Opus limit · resets 4am (UTC)", 429, 'rate_limited', HOUR],
  ["You've hit your weekly limit · resets Nov 23, 3am (UTC) · progress saved", 429, 'rate_limited', 48 * HOUR],
  ["You've hit your limit", 429, 'rate_limited'],
  ["You've reached your usage limit. Please try again later.", 400, 'rate_limited'],
  ['API Error: Server is temporarily limiting requests (not your usage limit) · Rate limited', 429, 'rate_limited'],
  ['API Error: Request rejected (429) · slow down', 429, 'rate_limited'],
  [apiError(429, 'rate_limit_error', "This request would exceed your account's rate limit."), null, 'rate_limited'],
  [
    'API Error: Request rejected (429) · Too many tokens per day, please wait before trying again.',
    429,
    'rate_limited',
  ],
  ['API Error: 400 ThrottlingException: Rate exceeded', 400, 'rate_limited'],
  ['API Error: Resource has been exhausted (e.g. check quota).', null, 'rate_limited'],
  ['API Error: Quota exceeded for online_prediction_requests_per_base_model', null, 'rate_limited'],
  ['API Error: 429 Rate limit is exceeded. Please retry after 26 seconds.', 429, 'rate_limited', 26],
];

const money: readonly Row[] = [
  ['API Error: 400 You have reached your specified API usage limits.', 400, 'billing'],
  [
    'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    400,
    'rate_limited',
    237 * HOUR,
  ],
  [
    apiError(
      400,
      'invalid_request_error',
      'You have reached your specified workspace API usage limits. You will regain access on 2026-11-22 at 03:00 UTC.',
    ),
    null,
    'rate_limited',
    24 * HOUR,
  ],
  ["You're out of extra usage", 429, 'billing'],
  ["You're out of extra usage · resets 5am (UTC)", 429, 'rate_limited', 2 * HOUR],
  ["You're out of usage credits. Switch to another model to continue.", 429, 'billing'],
  ["You've hit your org's monthly spend limit · ask your admin to raise it", 429, 'billing'],
  ["You've hit your org's monthly usage limit · resets Dec 1, 3am (UTC)", 429, 'rate_limited', 240 * HOUR],
  ["You've hit your monthly spend limit. See Usage in Settings", null, 'billing'],
  ["You've hit your usage limit · contact your admin to increase it", 429, 'billing'],
  ['Your org is out of usage · add funds to continue', 429, 'billing'],
  ["Your group's usage limit is set to $0 · ask your admin for a higher limit", 429, 'billing'],
  ["Your seat type doesn't include usage credits", 429, 'billing'],
  ['API Error: Usage credits required for 1M context · turn them on', 429, 'billing'],
  [
    'API Error: Request rejected (429) · spend limit reached · resets Nov 23 · request an increase',
    429,
    'rate_limited',
    45 * HOUR,
  ],
  ['API Error: Request rejected (429) · spend limit reached', 429, 'billing'],
  ['Credit balance is too low', 400, 'billing'],
  [apiError(400, 'invalid_request_error', 'Your credit balance is too low to access the API.'), 400, 'billing'],
  ['API Error: 402 Payment Required', 402, 'billing'],
  ['API Error: 402 {"error":"top up"}', null, 'billing'],
  ['API Error: 429 You exceeded your current quota, please check your plan and billing details.', 429, 'billing'],
  ['API Error: 403 This API method requires billing to be enabled.', 403, 'billing'],
  ['API Error: 400 Budget has been exceeded! Current cost: 10.2, Max budget: 10.0', 400, 'billing'],
];

const refused: readonly Row[] = [
  ['API Error: Output blocked by content filtering policy', 400, 'refused'],
  [apiError(400, 'invalid_request_error', 'Output blocked by content filtering policy'), null, 'refused'],
  ["API Error: Claude can't help with this. Start a new session to continue.", null, 'refused'],
  [
    'API Error: 400 The response was filtered due to the prompt triggering the content management policy.',
    400,
    'refused',
  ],
];

const auth: readonly Row[] = [
  ['Login expired · Please run /login', null, 'auth'],
  ['Failed to authenticate: OAuth session expired and could not be refreshed', null, 'auth'],
  ['Your organization has disabled Claude subscription access for Claude Code · Use an API key instead', 400, 'auth'],
  ['Your ANTHROPIC_API_KEY belongs to a disabled organization · Update or unset the environment variable', 400, 'auth'],
  ['API Error: 400 API key not valid. Please pass a valid API key.', 400, 'auth'],
  ['API Error: 403 The security token included in the request is invalid.', 403, 'auth'],
  ['API Error: The security token included in the request is expired', null, 'auth'],
  ['API Error: Could not load AWS credentials · the SSO session is over. Check your AWS credentials.', null, 'auth'],
  ['API Error: Could not refresh access token: invalid_grant', null, 'auth'],
  ['API Error (claude-x): 400 AccessDeniedException: You are not authorized to invoke this model.', 400, 'auth'],
  ["Claude isn't available in your country", null, 'auth'],
];

const length: readonly Row[] = [
  ['Prompt is too long · the request is ~250000 tokens (limit 200000)', 400, 'prompt_too_long'],
  ['API Error: 400 Input is too long for requested model.', 400, 'prompt_too_long'],
  [
    apiError(400, 'invalid_request_error', 'input length and `max_tokens` exceed context limit: 1 + 2 > 3'),
    null,
    'prompt_too_long',
  ],
  [
    'API Error: 400 The input token count (1200000) exceeds the maximum number of tokens allowed',
    400,
    'prompt_too_long',
  ],
  ['API Error: 413 Request Entity Too Large', null, 'prompt_too_long'],
  ['Request too large (max 32MB). Try with a smaller file.', 413, 'prompt_too_long'],
  ["API Error: Claude's response exceeded the 8192 output token maximum.", null, 'failed'],
];

const wrong: readonly Row[] = [
  ['Image was too large. Try resizing the image or using a different approach.', 400, 'invalid_request'],
  ['API Error: 400 due to tool use concurrency issues.', 400, 'invalid_request'],
  ['API Error: 400 duplicate tool_use ID in conversation history.', null, 'invalid_request'],
  [
    'The model opus is not available on your bedrock deployment. Ask your admin to enable this model.',
    404,
    'invalid_request',
  ],
  ['API Error: 422 Unprocessable', 422, 'invalid_request'],
  [apiError(400, 'invalid_request_error', 'max_tokens: 64000 > 32000, which is the maximum'), null, 'invalid_request'],
  ['API Error: timeout must be an integer', null, 'failed'],
  ['API Error', null, 'failed'],
];

const server: readonly Row[] = [
  ['API Error: Overloaded', null, 'overloaded'],
  [apiError(529, 'overloaded_error', 'Overloaded'), null, 'overloaded'],
  ['Opus is experiencing high load. Switch to Sonnet.', null, 'overloaded'],
  ['API Error: 500 Internal server error. This is a server-side issue, usually temporary', 500, 'api_error'],
  ['API Error: 502 Bad Gateway', null, 'api_error'],
  ['API Error: 503 upstream connect error or disconnect/reset before headers', null, 'api_error'],
  ['API Error: 520 Web server is returning an unknown error', 520, 'api_error'],
  ['API Error: Internal server error', null, 'api_error'],
];

const network: readonly Row[] = [
  ['API Error: Unable to connect to API: SSL certificate has expired', null, 'network'],
  ['API Error: Unable to connect to API: SSL error (CERT_UNTRUSTED)', null, 'network'],
  ['API Error: Connection refused — a firewall or proxy may be blocking it (ECONNREFUSED)', null, 'network'],
  ['API Error: Connection to the API was lost (ECONNRESET). This is usually temporary — try again.', null, 'network'],
  ['API Error: getaddrinfo ENOTFOUND api.example.com', null, 'network'],
  ['API Error: connect ETIMEDOUT 10.0.0.5:443', null, 'network'],
  ['API Error: The socket connection was closed unexpectedly.', null, 'network'],
  ['Request timed out. Check your internet connection and proxy settings', null, 'network'],
  ['API Error: 408 Request Timeout', 408, 'network'],
  ['API Error: 407 Proxy Authentication Required', null, 'network'],
];

describe('an error that claude told in words', () => {
  it.each(
    [...limits, ...money, ...refused, ...auth, ...length, ...wrong, ...server, ...network].map(
      ([text, status, expected, retryAfter]) => ({ text, status, expected, retryAfter }),
    ),
  )('$text, with status $status, is $expected', ({ text, status, expected, retryAfter }) => {
    const outcome = outcomeOf(text, { status });
    expect(outcome.class).toBe(expected);
    expect(outcome.retryable).toBe(RETRYABLE.has(expected));
    expect(outcome.retryAfter).toBe(retryAfter);
  });

  it.each([
    ['authentication_failed', 'auth'],
    ['billing_error', 'billing'],
    ['rate_limit', 'rate_limited'],
    ['overloaded', 'overloaded'],
    ['model_not_found', 'invalid_request'],
    ['invalid_request', 'invalid_request'],
    ['max_output_tokens', 'failed'],
    ['server_error', 'api_error'],
    ['unknown', 'failed'],
    ['constructor', 'failed'],
  ])('says nothing known, but has the code %s: %s', (code, expected) => {
    expect(outcomeOf('Something new happened', { code }).class).toBe(expected);
  });

  it('says that the wait is not known where nobody told it, and only there', () => {
    expect(outcomeOf('API Error: Request rejected (429) · slow down', { status: 429 }).message).toMatch(
      /slow down; how long to wait is not told$/,
    );
    expect(outcomeOf("You've hit your limit · resets 4am (UTC)", { status: 429 }).message).toMatch(/4am \(UTC\)$/);
  });

  it('is an error where the result says that it is none, too', () => {
    const text = 'API Error: 500 Internal server error';
    const said = assistant(text, {}, { model: '<synthetic>' });
    expect(classify(evidence([init(), said, result({ result: text })])).class).toBe('api_error');
    expect(classify(evidence([init(), assistant(text), result({ result: text })])).class).toBe('success');
  });

  it('is looked for in what claude said, never in what the model did', () => {
    const text = "You've hit your session limit · resets 4am (UTC)";
    expect(classify(evidence([init(), assistant(text), result({ result: text })])).class).toBe('success');
    const failed = result({ is_error: true, result: 'API Error: 400 no', api_error_status: 400 });
    expect(classify(evidence([init(), assistant(text), failed])).class).toBe('invalid_request');
    const broken = result({ is_error: true, result: undefined, subtype: 'error_during_execution' });
    expect(classify(evidence([init(), assistant(text), broken])).class).toBe('failed');
  });
});
