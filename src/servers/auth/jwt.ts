import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { SluiceError, messageOf } from '../../errors.ts';
import type { AccessInput } from './access-rules.ts';
import { Denial } from './denial.ts';
import { type Identity, quotasOf, quotasSchema, subjectSchema, type Verify } from './identity.ts';
import { acceptedAlgorithms } from './jwt-algorithms.ts';
import { readJwtSecret } from './jwt-secret.ts';
import { type KeyPace, publishedKeys } from './published-keys.ts';

export interface JwtOptions extends Pick<
  AccessInput,
  'jwtSecretFile' | 'jwksUrl' | 'jwtIssuer' | 'jwtAlgorithms' | 'where'
> {
  /** What a token must be for: one of these. */
  audiences(): readonly string[];
  readonly now: () => number;
  readonly onProblem: (problem: string) => void;
  readonly keyPace: Partial<KeyPace> | undefined;
}

/** Seconds that clocks may differ. */
const CLOCK_TOLERANCE = 10;

/**
 * Checks JWTs by a shared secret, by published keys, or by either.
 * @throws SluiceError `usage` when that can't be done safely
 */
export async function createJwtVerifier(options: JwtOptions): Promise<Verify> {
  const { jwtSecretFile, jwksUrl, jwtIssuer, where, audiences, now, onProblem, keyPace } = options;
  const accepted = acceptedAlgorithms(options);
  if (jwksUrl !== undefined && jwtIssuer === undefined) {
    throw new SluiceError('usage', `${where('jwksUrl')}: say whose tokens are accepted, with ${where('jwtIssuer')}`);
  }
  const secret =
    jwtSecretFile === undefined ? null : await readJwtSecret(jwtSecretFile, where('jwtSecretFile'), accepted.secret);
  const published =
    jwksUrl === undefined ? null : publishedKeys({ url: jwksUrl, where: where('jwksUrl'), onProblem, pace: keyPace });

  /** Asked for algorithms that are accepted alone; each has one kind of key. */
  const keyOf: JWTVerifyGetKey = (header, token) => {
    const key = accepted.secret.includes(header.alg) ? secret : published?.(header, token);
    return key ?? Promise.reject(new errors.JOSEAlgNotAllowed());
  };

  return async (token) => {
    if (!JWT.test(token)) return null;
    const audience = [...audiences()];
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms: [...accepted.secret, ...accepted.published],
        audience,
        ...(jwtIssuer === undefined ? {} : { issuer: jwtIssuer }),
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(now()),
      });
      return identityOf(payload);
    } catch (error) {
      if (error instanceof Denial) throw error;
      // Only a key can be at fault for the rest: one that is too weak, say.
      if (!(error instanceof errors.JOSEError)) onProblem(`a key of JWTs cannot be used: ${messageOf(error)}`);
      throw new Denial('invalid_token', reasonOf(error));
    }
  };
}

/** Three parts; an unsigned one lacks the last. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

const scopesSchema = z.union([
  z.string().transform((text) => text.split(' ').filter((scope) => scope !== '')),
  z.array(z.string()),
]);

const claimsSchema = z.looseObject({
  sub: subjectSchema,
  exp: z.number(),
  client_id: z.string().optional(),
  azp: z.string().optional(),
  scope: scopesSchema.optional(),
  scp: scopesSchema.optional(),
  scopes: scopesSchema.optional(),
  sluice_quotas: quotasSchema.optional(),
});

function identityOf(payload: unknown): Identity {
  const { data: claims, error } = claimsSchema.safeParse(payload);
  if (claims === undefined) {
    throw new Denial('invalid_token', `the token has a claim that cannot be used: ${String(error.issues[0]?.path[0])}`);
  }
  return {
    subject: claims.sub,
    clientId: claims.client_id ?? claims.azp ?? claims.sub,
    scopes: claims.scope ?? claims.scp ?? claims.scopes ?? [],
    expiresAt: claims.exp,
    ...quotasOf(claims.sluice_quotas),
  };
}

const WRONG_CLAIMS: Readonly<Record<string, string>> = {
  aud: 'the token is for another audience than this server',
  iss: 'the token is from another issuer than the one that is accepted here',
  nbf: 'the token is not valid yet',
};

/** No word of the token itself. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired; get a new one';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const wrong = error.reason === 'check_failed' ? WRONG_CLAIMS[error.claim] : undefined;
    return wrong ?? `the token lacks a claim or has it in a wrong form: ${error.claim}`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'the token is signed with an algorithm that is not accepted here';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'the token does not say which key it is signed with';
  return 'the signature of the token is not one that is accepted here';
}
