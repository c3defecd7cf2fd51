import type { Failure } from './types.ts';

/** What a gateway answered in place of what was asked for. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** Of HTTP; 200 for a run that was let in and never started. */
  readonly status: number;
  /** `bad_gateway`, where it is no answer of sluice's. */
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds after which it makes sense to ask again; undefined where that is not known. */
  readonly retryAfter: number | undefined;

  constructor(status: number, { error_code: code, message, details }: Omit<Failure, 'status'>, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

/** An answer of which a gateway of sluice's gives none like it. */
export function foreign(status: number): GatewayError {
  return new GatewayError(status, FOREIGN);
}

/** A failure as a gateway tells it, or whatever came in place of one. */
export function errorOf(status: number, told: unknown, retryAfter?: number): GatewayError {
  return new GatewayError(status, isFailure(told) ? told : FOREIGN, retryAfter);
}

const FOREIGN: Omit<Failure, 'status'> = {
  error_code: 'bad_gateway',
  message: "this is no JSON of sluice's: something else is there, or a proxy in between failed",
  details: {},
};

function isFailure(told: unknown): told is Omit<Failure, 'status'> {
  if (typeof told !== 'object' || told === null) return false;
  const { error_code, message, details } = told as Partial<Readonly<Record<string, unknown>>>;
  return (
    typeof error_code === 'string' && typeof message === 'string' && typeof details === 'object' && details !== null
  );
}
