import { LOCAL_SUBJECT } from '../caller.ts';
import type { Quota } from '../../quotas/quota.ts';
import type { IncomingMessage } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/server';
import { type AccessInput, refuseIdleRules } from './access-rules.ts';
import { bearerOf, refuseTokenInUrl } from './bearer.ts';
import { challenged } from './challenge.ts';
import { Denial } from './denial.ts';
import type { Identity, Verify } from './identity.ts';
import { createJwtVerifier } from './jwt.ts';
import { createMetadata, type Metadata } from './metadata.ts';
import { trustUserHeader } from './trusted-user.ts';
import { openStaticTokens } from './static-tokens.ts';

/** A caller that was let in. */
export interface Authenticated {
  readonly subject: string;
  /** What SDKs are told of it, without the token; null where nobody has to prove anything. */
  readonly auth: AuthInfo | null;
  /** What it may use, in place of what others may; absent: as others. */
  readonly quotas?: readonly Quota[];
}

/** Lets requests in. */
export interface Access {
  /** Whether anybody has to prove anything; if not, everybody is `local`. */
  readonly required: boolean;
  /**
   * Who asks.
   * @throws Refusal that says why somebody is not let in, with a challenge where a token would help
   */
  admit(req: IncomingMessage): Promise<Authenticated>;
  /** The metadata for everybody (RFC 9728), where a path is one of those where it is; else null. */
  metadataAt(path: string): string | null;
}

/**
 * Says who may ask, from the rules as they are now.
 * @throws SluiceError `usage` when a file or key can't be used, or a rule would be without effect
 */
export async function createAccess(input: AccessInput): Promise<Access> {
  const { requiredScopes } = input;
  refuseIdleRules(input);
  const verifiers = await verifiersOf(input);
  if (verifiers.length === 0) return OPEN;
  const metadataOf = metadataOnce(input);
  const whomFor = trustUserHeader(input);

  async function identify(req: IncomingMessage): Promise<Identity> {
    refuseTokenInUrl(req.url ?? '');
    const token = bearerOf(req.headersDistinct['authorization']);
    for (const verify of verifiers) {
      const identity = await verify(token);
      if (identity !== null) return whomFor(withScopes(identity, requiredScopes), req);
    }
    throw new Denial('invalid_token', 'the token is not known here');
  }

  return {
    required: true,
    async admit(req) {
      const { url: metadataUrl } = metadataOf();
      try {
        return admitted(await identify(req), metadataUrl);
      } catch (error) {
        throw error instanceof Denial ? challenged(error, { requiredScopes, metadataUrl }) : error;
      }
    },
    metadataAt: (path) => metadataOf().at(path),
  };
}

const OPEN: Access = {
  required: false,
  admit: async () => ({ subject: LOCAL_SUBJECT, auth: null }),
  metadataAt: () => null,
};

/** What looks into a token, one after the other: JWTs are told by their form, of the others each is looked up. */
async function verifiersOf(input: AccessInput): Promise<Verify[]> {
  const { tokensFile, jwtSecretFile, jwksUrl, where, onProblem = () => {}, now = Date.now, keyPace } = input;
  const shared = { now, onProblem };
  const verifiers: Verify[] = [];
  if (jwtSecretFile !== undefined || jwksUrl !== undefined) {
    verifiers.push(await createJwtVerifier({ ...input, ...shared, audiences: () => audiencesOf(input), keyPace }));
  }
  if (tokensFile !== undefined) {
    verifiers.push(await openStaticTokens({ ...shared, path: tokensFile, where: where('tokensFile') }));
  }
  return verifiers;
}

/** A URL counts with and without the slash at its end. */
function audiencesOf(input: AccessInput): string[] {
  if (input.jwtAudience !== undefined) return [input.jwtAudience];
  const { href } = resourceOf(input);
  return [href, href.replace(/\/$/, '')];
}

function resourceOf({ publicUrl, endpoint }: AccessInput): URL {
  return publicUrl === undefined ? endpoint() : new URL(publicUrl);
}

/** The metadata, once it is known where the server listens. */
function metadataOnce(input: AccessInput): () => Metadata {
  let metadata: Metadata | null = null;
  return () => (metadata ??= createMetadata({ ...input, resource: resourceOf(input), endpoint: input.endpoint() }));
}

function withScopes(identity: Identity, required: readonly string[]): Identity {
  if (required.every((scope) => identity.scopes.includes(scope))) return identity;
  throw new Denial('insufficient_scope', `the token lacks a scope; needed are: ${required.join(' ')}`, {
    requiredScopes: required,
  });
}

/** The token itself goes no further. */
function admitted(
  { subject, clientId, scopes, expiresAt, quotas }: Identity,
  resourceMetadataUrl: string,
): Authenticated {
  return {
    subject,
    auth: {
      token: '',
      clientId,
      scopes: [...scopes],
      resourceMetadataUrl,
      ...(expiresAt === null ? {} : { expiresAt }),
    },
    ...(quotas === undefined ? {} : { quotas }),
  };
}
