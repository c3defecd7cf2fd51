import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { SluiceError, messageOf, systemCodeOf } from '../../errors.ts';
import { isLoopback } from '../../system/loopback.ts';
import { Denial } from './denial.ts';

/** How often keys are fetched, in milliseconds. */
export interface KeyPace {
  /** How long the server of the keys may take. */
  readonly timeoutMs: number;
  /** For how long no token makes us look for a key that is not known: anybody can name one. */
  readonly cooldownMs: number;
  /** For how long nothing is fetched after a failure. */
  readonly retryMs: number;
  /** How long keys count. */
  readonly maxAgeMs: number;
}

const USUAL_PACE: KeyPace = { timeoutMs: 5_000, cooldownMs: 10_000, retryMs: 5_000, maxAgeMs: 10 * 60_000 };

export interface PublishedKeysOptions {
  readonly url: string;
  /** Who named it, for errors. */
  readonly where: string;
  readonly onProblem: (problem: string) => void;
  readonly pace?: Partial<KeyPace> | undefined;
}

/**
 * Finds the key of a token in a JWKS, which is fetched when it is needed, again after a while, and when a token names a
 * key that is new.
 * @throws SluiceError `usage` for a URL that is not safe to get keys from
 */
export function publishedKeys({ url, where, onProblem, pace }: PublishedKeysOptions): JWTVerifyGetKey {
  const location = new URL(url);
  refuseUnsafe(location, where);
  const { timeoutMs, cooldownMs, retryMs, maxAgeMs } = { ...USUAL_PACE, ...pace };
  let failure: Failure | null = null;

  const fetchUnlessFailed: FetchImplementation = async (...request) => {
    if (failure !== null && performance.now() < failure.until) throw failure.error;
    return fetch(...request);
  };

  const keyOf = createRemoteJWKSet(location, {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [customFetch]: fetchUnlessFailed,
  });

  return async (header, token) => {
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      if (error !== failure?.error) {
        failure = { error, until: performance.now() + retryMs };
        onProblem(`${where}: the keys at ${location.origin}${location.pathname} cannot be used: ${reasonOf(error)}`);
      }
      throw new Denial('unavailable', 'the server cannot get the keys that tokens are checked with; its log says why');
    }
  };
}

/** A fetch that failed, and until when there is no other. */
interface Failure {
  readonly error: unknown;
  readonly until: number;
}

/** Without TLS, a machine between could answer for that URL, and make tokens. */
function refuseUnsafe({ protocol, hostname, username, password }: URL, where: string): void {
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new SluiceError('usage', `${where}: keys can only be had by https, or by http from this machine`);
  }
  if (username !== '' || password !== '') {
    throw new SluiceError('usage', `${where}: keys cannot be had with a user name or password in the URL`);
  }
}

function isAboutToken(error: unknown): boolean {
  return [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some(
    (kind) => error instanceof kind,
  );
}

/** What fetch throws says nothing itself. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof TypeError ? (error.cause ?? error) : error;
  return systemCodeOf(cause) ?? messageOf(cause);
}
