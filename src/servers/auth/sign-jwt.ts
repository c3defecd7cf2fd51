import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

export interface JwtClaims {
  readonly subject: string;
  readonly scopes: readonly string[];
  /** As they are written; absent: those of every caller. */
  readonly quotas?: readonly string[] | undefined;
  readonly issuer: string | undefined;
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly expires: number;
}

/** A JWT of a shared secret, which servers that are given the same one accept. */
export function signJwt(claims: JwtClaims, secret: Uint8Array, algorithm: string): Promise<string> {
  const { subject, scopes, quotas, issuer, audience, created, expires } = claims;
  const jwt = new SignJWT({
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    ...(quotas === undefined ? {} : { sluice_quotas: quotas }),
  })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(Math.floor(created / 1000))
    .setExpirationTime(Math.floor(expires / 1000))
    .setJti(randomUUID());
  return (issuer === undefined ? jwt : jwt.setIssuer(issuer)).sign(secret);
}
