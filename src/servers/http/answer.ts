import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type ErrorCode, failureOf, Refusal } from '../refusal.ts';

/** The HTTP status of each kind of failure. */
export const STATUS_CODES = {
  validation_error: 400,
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  timeout: 504,
  unavailable: 503,
  server_error: 500,
} as const satisfies Record<ErrorCode, number>;

/** How an answer differs from the usual. */
export interface AnswerOptions {
  /** Default: the one of its kind. */
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
}

/** Answers with a failure in the shape that every failure has. Does nothing where an answer has begun. */
export function answerRefusal(res: ServerResponse, refusal: Refusal, options: AnswerOptions = {}): void {
  const { status = STATUS_CODES[refusal.errorCode], headers = {} } = options;
  answerText(res, status, 'application/json', `${JSON.stringify(failureOf(refusal))}\n`, headers);
}

/** Answers that something is asked with other methods. */
export function answerOtherMethod(res: ServerResponse, methods: readonly string[]): void {
  const allow = methods.join(', ');
  answerRefusal(res, new Refusal('bad_request', `this is asked with ${allow}`), { status: 405, headers: { allow } });
}

/** Headers of every answer: nobody may keep it, or take it for something else than it says. */
export const SAFE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Answers with a text that nobody may keep. Does nothing where an answer has begun. */
export function answerText(
  res: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  if (res.headersSent) return;
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...SAFE_HEADERS,
    ...headers,
  });
  res.end(res.req.method === 'HEAD' ? undefined : text);
}
