import type { ServerResponse } from 'node:http';
import { answerText, STATUS_CODES } from '../http/answer.ts';
import { failureOf } from '../refusal.ts';
import type { Denial } from './denial.ts';

/** What whoever is not let in needs to know to come back. */
export interface Challenge {
  readonly requiredScopes: readonly string[];
  /** Where the metadata of the resource is (RFC 9728). */
  readonly metadataUrl: string;
}

/** Answers with the error in both shapes, ours and that of OAuth, and with the challenge where a token would help. */
export function answerDenial(res: ServerResponse, denial: Denial, challenge: Challenge): void {
  const header = challengeHeader(denial, challenge);
  answerText(
    res,
    STATUS_CODES[denial.errorCode],
    'application/json',
    `${JSON.stringify({ ...failureOf(denial), ...oauthErrorOf(denial) })}\n`,
    header === null ? {} : { 'www-authenticate': header },
  );
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

/** Nothing for those who have not tried: there is no error in that (RFC 6750, 3.1). */
function oauthErrorOf({ kind, message }: Denial): Record<string, string> {
  return kind === 'no_token' || kind === 'unavailable' ? {} : { error: kind, error_description: message };
}
