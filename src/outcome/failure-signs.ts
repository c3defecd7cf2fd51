import type { OutcomeClass } from './classes.ts';

/** What an API failure shows of itself. */
export interface FailureSigns {
  /** What claude said in place of an answer. */
  readonly text: string;
  /** HTTP status; null when none is known. */
  readonly status: number | null;
  /** Claude's own code, as in `error` of an assistant message. */
  readonly code: string | null;
  /** The `terminal_reason` of a result. */
  readonly reason: string | null;
  /** Whether it is known when what stands in the way ends by itself. */
  readonly ends: boolean;
}

/** The class that the first fitting row of the table gives; null where none fits. */
export function classOfSigns(signs: FailureSigns): OutcomeClass | null {
  const row = TABLE.find((candidate) => fits(candidate, signs));
  if (row === undefined) return null;
  return signs.ends ? (row.endsAs ?? row.class) : row.class;
}

/** A row fits when one of its signs is there. */
interface Row {
  readonly class: OutcomeClass;
  /** The class where it is known when this ends by itself. */
  readonly endsAs?: OutcomeClass;
  /** Words, each with where it was met: a version of claude that writes them, or the one whose words claude passes on. */
  readonly says?: readonly (readonly [words: RegExp, from: string])[];
  readonly codes?: readonly string[];
  readonly reasons?: readonly string[];
  /** HTTP statuses: single ones, or from the first of a pair to the last. */
  readonly statuses?: readonly (number | readonly [first: number, last: number])[];
}

function fits({ says = [], codes = [], reasons = [], statuses = [] }: Row, signs: FailureSigns): boolean {
  const { text, status, code, reason } = signs;
  return (
    says.some(([words]) => words.test(text)) ||
    (code !== null && codes.includes(code)) ||
    (reason !== null && reasons.includes(reason)) ||
    (status !== null && statuses.some((each) => isWithin(each, status)))
  );
}

function isWithin(statuses: number | readonly [number, number], status: number): boolean {
  const [first, last] = typeof statuses === 'number' ? [statuses, statuses] : statuses;
  return status >= first && status <= last;
}

/**
 * Every sign of an API failure, in order of precedence. First words that mean one thing whatever the status, since
 * refusals and limits come as 400, 403 and 429 alike; then the statuses and codes that mean one thing; then words that say
 * more than the statuses and codes that are left, and those. The codes are those of claude 2.1.197 and 2.1.332.
 *
 * A limit is `rate_limited` when patience is all that it takes, as for a plan's 5-hour or weekly limit. One that is lifted
 * by paying or by an administrator is `billing`, unless it is told when it ends by itself.
 */
const TABLE: readonly Row[] = [
  {
    class: 'refused',
    says: [
      [/appears to violate our Usage Policy/, '1.0.128'],
      [/safeguards (?:flagged|stopped)/, '2.1.197'],
      [/can't help with this\. Start a new session/, '2.1.332'],
      [/blocked by (?:the |our )?(?:content|output|safety) ?filter/i, 'Messages API, 400'],
      [/content filter stopped/, '2.1.332'],
      [/content (?:management|safety|filter(?:ing)?) policy|\bcontent_filter\b/i, 'Foundry, 400'],
      [/\bguardrails? (?:intervened|blocked)|blocked by (?:an? |the |your )?guardrail/i, 'Bedrock'],
    ],
  },
  { class: 'failed', says: [[/exceeded the \d+ output token maximum/, '1.0']] },
  {
    class: 'prompt_too_long',
    reasons: ['prompt_too_long', 'blocking_limit'],
    says: [
      [/\b(?:prompt|input|conversation|context) (?:is )?too long\b/i, '1.0.128; Bedrock'],
      [/^Request too large/, '2.1.197'],
      [/reached its context window limit|^Context limit reached/, '2.1.197'],
      [/\brequest_too_large\b|\bexceeds? context limit\b/, 'Messages API'],
      [/\bmaximum context length|\bcontext_length_exceeded\b/i, 'gateways'],
      [/exceeds? (?:the |its )?(?:model's )?maximum (?:context|number of (?:input )?tokens)/i, 'Vertex'],
      [/(?:Request Entity|Payload|Content) Too Large/i, 'HTTP'],
    ],
  },
  { class: 'failed', codes: ['max_output_tokens'] },
  {
    class: 'invalid_request',
    says: [
      [/^Image was too large|^PDF too large|exceeds the dimension limit|exceeds? API limit/, '2.1.197'],
      [/\bimage exceeds\b/, 'Messages API'],
    ],
  },

  // What money or an administrator decides.
  { class: 'billing', statuses: [402], says: [[/credit balance (?:is )?too low/i, '1.0; Messages API, 400']] },
  {
    class: 'billing',
    endsAs: 'rate_limited',
    codes: ['billing_error'],
    says: [
      [/reached your specified[\w\s-]*? usage limits?/i, 'Messages API, 400'],
      [/\bspend(?:ing)? limit\b(?! unavailable)/i, '2.1.197; gateways, 429'],
      [/\bout of (?:extra usage|usage|(?:usage )?credits?|funds)\b/i, '2.1.23; 2.1.197'],
      [/\b(?:usage credits?|extra usage) (?:is |are )?(?:required|ran out)/i, '2.1.197; 2.1.332'],
      [/\brequires? (?:extra usage|usage credits|more credits)/i, '2.1.332; OpenRouter'],
      [/You've (?:hit|reached) your (?:org|organization|group|team|channel|workspace)'s .*\blimit\b/i, '2.1.197'],
      [/\busage limit (?:is set to \$0|\W+contact your admin)/i, '2.1.197'],
      [/usage allocation has been disabled|Your seat type doesn't include|This service is disabled/i, '2.1.197'],
      [/\binsufficient[_ ](?:quota|credits?|funds|balance)\b|check your plan and billing/i, 'gateways, 429'],
      [/requires billing|\bbilling (?:account )?(?:is |has been )?(?:disabled|not (?:active|enabled))/i, 'Vertex, 403'],
      [/\bpayment (?:is )?(?:required|overdue|failed)|"type":\s*"billing_error"/i, 'Messages API'],
      [/\bsubscription\b.{0,30}\b(?:expired|ended|inactive|cancell?ed|required)\b/i, 'gateways'],
      [/\b(?:budget|cost)\b.{0,40}\bexceeded\b|\bexceeded\b.{0,40}\bbudget\b|\bover budget\b/i, 'LiteLLM, 400'],
    ],
  },

  // What patience lifts.
  {
    class: 'rate_limited',
    says: [
      [/You've (?:hit|reached) your .*\blimit\b/i, '2.1.12; 2.1.197'],
      [/\blimit (?:has been )?(?:reached|hit)\b/i, '1.0; 2.0'],
      [/\b(?:usage|rate|request|message|hourly|daily|weekly|monthly) limits? exceeded\b/i, 'gateways'],
      [
        /\b(?:reached|exceeded) (?:your|the) .{0,30}\b(?:usage|rate|hourly|daily|weekly|monthly) limits?\b/i,
        'gateways',
      ],
      [/limit will reset at/, '1.0'],
      [/temporarily limiting requests/, '2.1.197'],
    ],
  },

  // Not let in.
  {
    class: 'auth',
    codes: [
      'authentication_failed',
      'oauth_org_not_allowed',
      'account_on_hold',
      'verification_required',
      'cloud_credential_error',
    ],
    says: [
      [/\borganization has been disabled|belongs to a disabled organization/i, '1.0; Messages API, 400'],
      [/\b(?:account|workspace) (?:has been|is|was) (?:disabled|suspended|deactivated|banned|locked|on hold)/i, '2.1'],
      [/\byour organization (?:has disabled|does not have access)/i, '1.0; 2.1.197'],
      [/(?:account|user) does not have access to Claude/i, '2.1.197'],
      [/(?:not|n't) available in your (?:region|country|location)|\bunsupported[_ ]countr/i, '1.0; Messages API'],
      [/updated our (?:consumer )?terms|must accept .{0,40}terms/i, 'Messages API'],
    ],
  },

  // Statuses and codes that mean one thing.
  { class: 'network', statuses: [407, 408, 499] },
  { class: 'auth', statuses: [401, 403, 451] },
  { class: 'prompt_too_long', statuses: [413] },
  {
    class: 'overloaded',
    statuses: [529],
    codes: ['overloaded'],
    says: [
      [/\bRepeated 529\b/, '2.1.197'],
      [/experiencing high load/, '2.1.197'],
      [/"type":\s*"overloaded_error"/, 'Messages API'],
    ],
  },
  { class: 'rate_limited', statuses: [429], codes: ['rate_limit'] },
  { class: 'invalid_request', codes: ['model_not_found'] },
  { class: 'api_error', statuses: [[500, 599]] },
  { class: 'invalid_request', says: [[/"type":\s*"(?:invalid_request|not_found)_error"/, 'Messages API']] },

  // Words that say more than a 400.
  { class: 'failed', says: [[/\bdisk\b.*\bfull\b|\bdisk quota\b/i, '2.1.332']] },
  { class: 'api_error', says: [[/another Claude Code process is refreshing/, '2.1.332']] },
  { class: 'network', says: [[/\bproxy\b.{0,20}\b(?:authentication|refused|unreachable)/i, 'proxies']] },
  {
    class: 'auth',
    says: [
      [/\bnot logged in\b|\brun \/login\b|\b(?:log ?in|sign in) again\b|\bre-?authenticat/i, '1.0; 2.1.197'],
      [/\bOAuth (?:token|session|authentication)\b/, '1.0; 2.1.197'],
      [/\bfailed to authenticate\b|\bauthentication (?:error|failed|required)\b/i, '2.1.197; 2.1.332'],
      [/"type":\s*"(?:authentication|permission)_error"/, 'Messages API'],
      [/\bunauthenticated\b|\bunauthori[sz]ed\b|\bnot authori[sz]ed\b/i, 'gateways; Vertex'],
      [/\baccess ?denied|\bpermission\b.{0,80}\bdenied\b|\bpermission_denied\b/i, 'Bedrock; Vertex'],
      [
        /\b(?:invalid|missing|no) (?:external )?(?:API key|x-api-key|bearer token|auth token|credentials)\b/i,
        '1.0; 2.1',
      ],
      [
        /\bAPI key (?:is |was )?(?:not valid|required|missing)|not a valid API key|\bapiKeyHelper\b/i,
        'gateways; 2.1.332',
      ],
      [/\b(?:token|session|login|API key|credentials?)\b.{0,60}\b(?:expired|revoked|invalid|disabled)\b/i, 'Bedrock'],
      [
        /\bcould not (?:load|refresh|resolve|find)\b.{0,40}\b(?:credentials|access token|login|authentication)\b/i,
        '2.1',
      ],
      [/\binvalid_grant\b|ExpiredToken|UnrecognizedClient|CredentialsProvider|DefaultAzureCredential/, 'clouds'],
    ],
  },
  {
    class: 'rate_limited',
    says: [
      [/\brate[ -]limit|\brate_limit_(?:error|exceeded)\b|\(429\)/i, 'Messages API'],
      [/\btoo many (?:requests|tokens|connections)\b|\bTooManyRequests/i, 'Bedrock'],
      [/\bthrottl(?:ed|ing)|\busage increase rate\b/i, 'Bedrock; Messages API'],
      [/\bresource[_ ](?:has been )?exhausted\b/i, 'Vertex'],
      [/\bquota\b.{0,20}\bexceeded\b|\bexceeded\b.{0,30}\bquota\b/i, 'Vertex'],
    ],
  },
  { class: 'overloaded', says: [[/\boverloaded\b|\bat capacity\b|\bModelNotReady/i, 'Messages API; Bedrock']] },
  {
    class: 'invalid_request',
    says: [
      [/issue with the selected model/, '2.1.197'],
      [/\bmodel\b.{0,120}\b(?:not available|not found|does not exist|isn't supported|not supported)\b/i, 'Bedrock'],
      [/\b(?:invalid|unknown|unsupported) model\b|\bmodel identifier is invalid/i, 'Bedrock; gateways'],
      [
        /tool use concurrency issues|(?:duplicate tool_use ID|orphaned tool_result) in conversation/,
        '2.1.197; 2.1.332',
      ],
      [/could not be processed and was removed|PDF (?:is password|file was not valid)/, '2.1.197'],
      [/\bValidationException\b|\bINVALID_ARGUMENT\b|\bbad request\b/i, 'Bedrock; Vertex'],
    ],
  },

  // Statuses that say little, but that there was an answer.
  { class: 'api_error', statuses: [409, 425] },
  { class: 'invalid_request', statuses: [[400, 499]] },

  // Words, where there is no status.
  {
    class: 'api_error',
    says: [
      [/empty or malformed response|server-side issue/, '2.1.197'],
      [/response could not be read|unexpected content.type/i, '2.1.332'],
      [
        /\bunexpected (?:end of|token)\b|\b(?:not valid|parse) JSON\b|\bJSON Parse error\b|<html|<!doctype/i,
        'the runtime',
      ],
    ],
  },
  {
    class: 'network',
    says: [
      [
        /\bE(?:CONN[A-Z]+|NOTFOUND|AI_AGAIN|TIMEDOUT|PIPE|PROTO|HOST(?:UNREACH|DOWN)|NET(?:UNREACH|DOWN))\b/,
        'the runtime',
      ],
      [/ConnectionRefused|FailedToOpenSocket|\bgetaddrinfo\b|\bUND_ERR_|\bERR_(?:SSL|TLS)_/, 'the runtime'],
      [/\b(?:unable to|failed to|could not|couldn't|cannot) connect\b|\binternet connection\b/i, '2.1.197'],
      [/\bconnection (?:error|refused|reset|closed|lost|timed out|was lost|to the API)/i, '1.0; 2.1.332'],
      [/\bsocket (?:hang up|connection)|\bother side closed|\bpremature close|: terminated$/i, 'the runtime'],
      [/\bfetch failed\b|\bnetwork (?:error|connection|request|is unreachable)/i, 'the runtime'],
      [/\bSSL\b|\bTLS\b|\bcertificate\b|\bCERT_|self[- ]signed/i, '2.1.197'],
      [/\btimed out\b|\btime-?out\b(?! must be)/i, '1.0; 2.1.197'],
      [/\bdeadline exceeded\b|\bstalled\b|\btunnel(?:l?ing)?\b/i, 'gateways; 2.1.332'],
    ],
  },
  {
    class: 'api_error',
    says: [
      [/\binternal[_ ]server[_ ]error\b|"type":\s*"api_error"/i, 'Messages API'],
      [/\bbad gateway\b|\bservice ?unavailable|\btemporarily unavailable\b/i, 'gateways; Bedrock'],
      [/\bno healthy upstream\b|\bupstream (?:error|connect)|\bserver had an error\b/i, 'gateways'],
    ],
  },

  // Codes that say little.
  { class: 'invalid_request', codes: ['invalid_request'] },
  { class: 'api_error', codes: ['server_error'] },
];
