import { Denial } from './denial.ts';

/** Characters; what issuers make has one or two thousand. */
const MAX_TOKEN = 8192;

/** The alphabet of RFC 6750. */
const TOKEN = /^[\w.~+/-]+=*$/;

/** Parameters that people put tokens into. */
const TOKEN_PARAMETERS = ['access_token', 'token', 'id_token', 'bearer', 'authorization', 'api_key', 'apikey'];

/**
 * The token of a request.
 * @param authorization every header of that name
 * @throws Denial
 */
export function bearerOf(authorization: readonly string[] = []): string {
  const [header, ...more] = authorization;
  if (more.length > 0) throw new Denial('invalid_request', 'there is more than one Authorization header');
  const [scheme, token] = /^(\S*) *(.*)$/.exec(header ?? '')?.slice(1) ?? [];
  if (scheme === undefined || scheme === '') {
    throw new Denial('no_token', 'a token is needed: send the header Authorization: Bearer TOKEN');
  }
  if (scheme.toLowerCase() !== 'bearer') {
    throw new Denial('no_token', 'only bearer tokens are accepted: send the header Authorization: Bearer TOKEN');
  }
  if (token === undefined || token === '') {
    throw new Denial('no_token', 'there is no token behind Bearer in the Authorization header');
  }
  if (token.length > MAX_TOKEN) throw new Denial('invalid_token', `the token has more than ${MAX_TOKEN} characters`);
  if (!TOKEN.test(token)) throw new Denial('invalid_token', 'what stands behind Bearer is no token');
  return token;
}

/**
 * Refuses what has a token in its URL, whatever else it has: it is in logs by then.
 * @param url as the request line has it
 * @throws Denial
 */
export function refuseTokenInUrl(url: string): void {
  const query = url.indexOf('?');
  if (query === -1) return;
  const names = [...new URLSearchParams(url.slice(query)).keys()].map((name) => name.toLowerCase());
  if (names.some((name) => TOKEN_PARAMETERS.includes(name))) {
    throw new Denial(
      'invalid_request',
      'a token in the URL ends up in logs: get a new one and send the header Authorization: Bearer TOKEN',
    );
  }
}
