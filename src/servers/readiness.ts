import type { Login } from './login.ts';

/** Whether queries are better sent here than elsewhere, as `/readyz` says it. */
export interface Readiness {
  /** That of HTTP. */
  readonly code: 200 | 503;
  readonly body: {
    readonly status: 'ok' | 'closing' | 'not_ready';
    readonly login?: Login['state'];
    /** The class that requests end as. */
    readonly reason?: 'auth' | 'billing';
    readonly since?: string;
    /** Present where runs can't be looked up now. */
    readonly runs?: 'away';
  };
}

/** What is asked before it is said. */
export interface ReadinessInput {
  /** Whether no query is let in any more. */
  readonly isClosing: boolean;
  readonly login: Login;
  /** Whether claude is asked by the server itself, so that not to know is not to be ready. */
  readonly isProbed?: boolean;
  /** Whether runs can be looked up now; default: they can. */
  readonly isConnected?: boolean;
}

export function readinessOf({ isClosing, login, isProbed = false, isConnected = true }: ReadinessInput): Readiness {
  if (isClosing) return { code: 503, body: { status: 'closing' } };
  const { state } = login;
  if (!isConnected) return { code: 503, body: { status: 'not_ready', login: state, runs: 'away' } };
  if (state === 'failed') {
    const { reason, since } = login;
    return { code: 503, body: { status: 'not_ready', login: state, reason, since } };
  }
  const isReady = state === 'ok' || !isProbed;
  return { code: isReady ? 200 : 503, body: { status: isReady ? 'ok' : 'not_ready', login: state } };
}
