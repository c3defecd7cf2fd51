import { HttpRefusal } from '../http/answer.ts';
import type { Denial } from './denial.ts';

/** What a client that is refused needs to know to authenticate. */
export interface Challenge {
  readonly requiredScopes: readonly string[];
  /** Where the metadata of the resource is (RFC 9728). */
  readonly metadataUrl: string;
}

/** A denial as it is answered: the error in both shapes, ours and that of OAuth, with the challenge where a token would help. */
export function challenged(denial: Denial, challenge: Challenge): HttpRefusal {
  const header = challengeHeader(denial, challenge);
  return new HttpRefusal(denial, {
    members: oauthErrorOf(denial),
    headers: header === null ? {} : { 'www-authenticate': header },
  });
}

/** The value of `WWW-Authenticate` (RFC 6750); null where no token helps. */
function challengeHeader(denial: Denial, { requiredScopes, metadataUrl }: Challenge): string | null {
  if (denial.kind === 'unavailable') return null;
  const parameters = {
    realm: 'sluice',
    ...oauthErrorOf(denial),
    ...(requiredScopes.length === 0 ? {} : { scope: requiredScopes.join(' ') }),
    resource_metadata: metadataUrl,
  };
  return `Bearer ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}

/** No error for a request without a token (RFC 6750, 3.1). */
function oauthErrorOf({ kind, message }: Denial): Record<string, string> {
  return kind === 'no_token' || kind === 'unavailable' ? {} : { error: kind, error_description: message };
}
