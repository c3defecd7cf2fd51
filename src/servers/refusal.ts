/** What went wrong with a request, for programs. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** All kinds of failure. */
export const ERROR_CODES = [
  'validation_error',
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'payload_too_large',
  'rate_limited',
  'timeout',
  'unavailable',
  'server_error',
] as const;

/** The one shape that every failed request has, on every face. */
export interface Failure {
  readonly status: 'error';
  readonly error_code: ErrorCode;
  /** One line: what is wrong, where it came from, and the fix. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A request that is not carried out: nothing was started for it. Its message can be shown as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly errorCode: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(errorCode: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.errorCode = errorCode;
    this.details = details;
  }
}

/** The refusal of a field that is not as it has to be. */
export function malformed(field: string, problem: string): Refusal {
  return new Refusal('validation_error', `${field}: ${problem}`, { field });
}

/** A refusal as callers get it. */
export function failureOf({ errorCode, message, details }: Refusal): Failure {
  return { status: 'error', error_code: errorCode, message, details };
}

/** A failure as it was written down, as a refusal again. */
export function refusalOf({
  error_code,
  message,
  details,
}: Pick<Failure, 'message' | 'details'> & { readonly error_code: string }): Refusal {
  return new Refusal(ERROR_CODES.find((code) => code === error_code) ?? 'server_error', message, details);
}
