import { type ErrorCode, Refusal } from '../refusal.ts';

/** Why a request is refused: an error code of OAuth's (RFC 6750), or one of ours where it has none. */
export type DenialKind = 'no_token' | 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'unavailable';

const ERROR_CODES = {
  no_token: 'unauthorized',
  invalid_request: 'bad_request',
  invalid_token: 'unauthorized',
  insufficient_scope: 'forbidden',
  unavailable: 'unavailable',
} as const satisfies Record<DenialKind, ErrorCode>;

/** A request that is not let in. Its message never has a piece of a token in it, nor quotes or backslashes. */
export class Denial extends Refusal {
  readonly kind: DenialKind;

  constructor(kind: DenialKind, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(ERROR_CODES[kind], message, details);
    this.kind = kind;
  }
}
