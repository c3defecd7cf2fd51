import type { OAuthProtectedResourceMetadata } from '@modelcontextprotocol/server';

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
  /** The document, where a path is one of those where it is; else null. */
  at(path: string): string | null;
}

export function createMetadata({ resource, endpoint, ...rules }: MetadataInput): Metadata {
  const url = metadataUrlOf(resource);
  const paths = [ROOT, url.pathname, metadataUrlOf(endpoint).pathname];
  const text = `${JSON.stringify(documentOf(resource, rules))}\n`;
  return { url: url.href, at: (path) => (paths.includes(withoutSlash(path)) ? text : null) };
}

/** The path of a resource stands behind that of the metadata (RFC 9728, 3.1). */
function metadataUrlOf(resource: URL): URL {
  const url = new URL(resource);
  const path = withoutSlash(resource.pathname);
  url.pathname = path === '/' ? ROOT : `${ROOT}${path}`;
  url.hash = '';
  return url;
}

/** Some clients end every URL with a slash. */
function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, '');
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
