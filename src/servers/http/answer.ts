import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type ErrorCode, failureOf, type Refusal } from '../refusal.ts';

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
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  res.end(res.req.method === 'HEAD' ? undefined : text);
}
