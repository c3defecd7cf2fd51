import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  getOAuthProtectedResourceMetadataUrl,
  type OAuthProtectedResourceMetadata,
} from '@modelcontextprotocol/server';
import { answerOtherMethod, answerText } from '../http/answer.ts';
import { barePathOf } from '../http/path-of.ts';

const ROOT = '/.well-known/oauth-protected-resource';

export interface MetadataInput {
  /** What clients call the server. */
  readonly resource: URL;
  /** Where it listens: a proxy may know it by another path. */
  readonly endpoint: URL;
  readonly authorizationServers: readonly string[];
  readonly requiredScopes: readonly string[];
}

/** What clients may know of a server before they have a token (RFC 9728). */
export interface Metadata {
  /** Where challenges say it is. */
  readonly url: string;
  /** Answers a request for it; false for any other request. */
  serve(req: IncomingMessage, res: ServerResponse): boolean;
}

export function createMetadata({ resource, endpoint, ...rules }: MetadataInput): Metadata {
  const url = getOAuthProtectedResourceMetadataUrl(resource);
  const paths = [ROOT, new URL(url).pathname, new URL(getOAuthProtectedResourceMetadataUrl(endpoint)).pathname];
  const text = `${JSON.stringify(documentOf(resource, rules))}\n`;
  return {
    url,
    serve(req, res) {
      if (!paths.includes(barePathOf(req))) return false;
      if (req.method === 'GET' || req.method === 'HEAD') answerText(res, 200, 'application/json', text);
      else answerOtherMethod(res, ['GET', 'HEAD']);
      return true;
    },
  };
}

/** A list without items is left out (RFC 9728, 2). */
function documentOf(
  resource: URL,
  { authorizationServers, requiredScopes }: Pick<MetadataInput, 'authorizationServers' | 'requiredScopes'>,
): OAuthProtectedResourceMetadata {
  return {
    resource: resource.href,
    resource_name: 'sluice',
    ...(authorizationServers.length === 0 ? {} : { authorization_servers: [...authorizationServers] }),
    ...(requiredScopes.length === 0 ? {} : { scopes_supported: [...requiredScopes] }),
    bearer_methods_supported: ['header'],
  };
}
