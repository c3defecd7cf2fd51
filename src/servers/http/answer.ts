import type { FastifyReply } from 'fastify';
import { type ErrorCode, failureOf, Refusal } from '../refusal.ts';

/** The HTTP status of each kind of failure. */
export const STATUS_CODES = {
  validation_error: 400,
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  payload_too_large: 413,
  rate_limited: 429,
  timeout: 504,
  unavailable: 503,
  server_error: 500,
} as const satisfies Record<ErrorCode, number>;

/** Headers of every answer: nobody may keep it, or take it for something else than it says. */
export const SAFE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** How the answer to a refusal differs from the usual. */
export interface AnswerOptions {
  /** Default: the one of its kind. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that its document has besides those of every failure. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A refusal that says more over HTTP. */
export class HttpRefusal extends Refusal {
  readonly options: AnswerOptions;

  constructor({ errorCode, message, details }: Refusal, options: AnswerOptions) {
    super(errorCode, message, details);
    this.options = options;
  }
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a refusal is answered with: the shape that every failure has. */
export function answer(refusal: Refusal): Answer {
  const { status, headers = {}, members = {} } = refusal instanceof HttpRefusal ? refusal.options : {};
  return {
    status: status ?? STATUS_CODES[refusal.errorCode],
    type: 'application/json',
    text: `${JSON.stringify({ ...failureOf(refusal), ...members })}\n`,
    headers: { ...retryHeader(refusal), ...headers },
  };
}

/** Answers with a failure. */
export function answerRefusal(reply: FastifyReply, refusal: Refusal): void {
  const { status, type, text, headers } = answer(refusal);
  answerText(reply.code(status).headers(headers), type, text);
}

/** Answers with a text, of just this type. */
export function answerText(reply: FastifyReply, type: string, text: string): void {
  // To a string, Fastify would add the character set.
  void reply.type(type).send(Buffer.from(text));
}

/** Seconds after which it makes sense to ask again, where that is known. */
function retryHeader({ details: { retryAfter } }: Refusal): Readonly<Record<string, string>> {
  return typeof retryAfter === 'number' ? { 'retry-after': String(Math.ceil(retryAfter)) } : {};
}
