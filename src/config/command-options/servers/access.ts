import type { FieldTable } from '../../../request/field.ts';
import { names } from '../../../request/kinds/lists.ts';
import { name } from '../../../request/kinds/texts.ts';
import { SERVERS } from './commands.ts';
import { addresses, headerName, url, urls } from './kinds.ts';

const group = 'Access over HTTP';

/** Who is let in over HTTP. */
export const ACCESS = {
  serverTokensFile: {
    name: 'serverTokensFile',
    flags: '--tokens-file <FILE>',
    group,
    help: 'accept the bearer tokens of this file; "sluice token" adds to it',
    kind: name,
    paths: true,
    commands: [...SERVERS, 'token'],
  },
  serverJwtSecretFile: {
    name: 'serverJwtSecretFile',
    flags: '--jwt-secret-file <FILE>',
    group,
    help: 'accept JWTs signed with the secret in this file',
    kind: name,
    paths: true,
    commands: [...SERVERS, 'token'],
  },
  serverJwksUrl: {
    name: 'serverJwksUrl',
    flags: '--jwks-url <URL>',
    group,
    commands: SERVERS,
    help: 'accept JWTs signed with a key from there; needs --jwt-issuer',
    kind: url,
  },
  serverJwtIssuer: {
    name: 'serverJwtIssuer',
    flags: '--jwt-issuer <NAME>',
    group,
    help: 'the issuer that JWTs must name',
    kind: name,
    commands: [...SERVERS, 'token'],
  },
  serverJwtAudience: {
    name: 'serverJwtAudience',
    flags: '--jwt-audience <NAME>',
    group,
    help: 'the audience that JWTs must name; default: the public URL',
    kind: name,
    commands: [...SERVERS, 'token'],
  },
  serverJwtAlgorithms: {
    name: 'serverJwtAlgorithms',
    flags: '--jwt-algorithms <NAMES...>',
    group,
    help: 'the algorithms JWTs may be signed with; default: HS256 for a secret, RS256 ES256 EdDSA for a JWKS',
    kind: names,
    commands: [...SERVERS, 'token'],
  },
  serverRequiredScopes: {
    name: 'serverRequiredScopes',
    flags: '--required-scopes <SCOPES...>',
    group,
    commands: SERVERS,
    help: 'scopes that a token must have',
    kind: names,
  },
  serverTrustUserHeader: {
    name: 'serverTrustUserHeader',
    flags: '--trust-user-header <NAME>',
    group,
    commands: SERVERS,
    help: 'the header in which a proxy names the user it asks for; needs a token with the scope proxy, and --trust-proxy-addresses',
    kind: headerName,
  },
  serverTrustProxyAddresses: {
    name: 'serverTrustProxyAddresses',
    flags: '--trust-proxy-addresses <ADDRESSES...>',
    group,
    commands: SERVERS,
    help: 'addresses of such proxies, or networks such as 10.0.0.0/8',
    kind: addresses,
  },
  serverPublicUrl: {
    name: 'serverPublicUrl',
    flags: '--public-url <URL>',
    group,
    commands: SERVERS,
    help: 'the URL that clients reach the server by; for metadata and audiences; default: where it listens',
    kind: url,
  },
  serverAuthorizationServers: {
    name: 'serverAuthorizationServers',
    flags: '--authorization-servers <URLS...>',
    group,
    commands: SERVERS,
    help: 'where clients get tokens, for the metadata (RFC 9728)',
    kind: urls,
  },
  serverAllowedHosts: {
    name: 'serverAllowedHosts',
    flags: '--allow-hosts <NAMES...>',
    group,
    commands: SERVERS,
    help: 'more host names by which the server may be asked; loopback names always may',
    kind: names,
  },
  serverAllowedOrigins: {
    name: 'serverAllowedOrigins',
    flags: '--allow-origins <NAMES...>',
    group,
    commands: SERVERS,
    help: 'more hosts whose web pages may ask; those of loopback always may',
    kind: names,
  },
} as const satisfies FieldTable;
