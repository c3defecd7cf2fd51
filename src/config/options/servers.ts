import * as values from '../values.ts';
import type { Option } from './option.ts';

/** The commands that serve, which share a policy, an audit and an admin listener. */
const SERVERS = ['mcp'];

/** The group of options that only HTTP has a use for. */
export const HTTP_GROUP = 'Access over HTTP';

/** What servers allow those who ask, and how they are served. Nothing of it is for a project's file. */
export const SERVER_OPTIONS: readonly Option[] = [
  ...inGroup('Policy', [
    {
      name: 'serverRoots',
      flags: '--root <PATH>',
      help: 'a folder that queries may work in, with all below it; may be repeated; default: the current folder',
      parse: values.parseLines,
      repeated: true,
      paths: true,
    },
    {
      name: 'serverModes',
      flags: '--allow-modes <MODES...>',
      help: 'permission modes that queries may ask for',
      parse: values.parseNames,
      default: ['default', 'plan', 'dontAsk'],
    },
    {
      name: 'serverModels',
      flags: '--allow-models <NAMES...>',
      help: 'models that queries may ask for; default: any',
      parse: values.parseNames,
    },
    {
      name: 'serverMaxRuns',
      flags: '--max-runs <N>',
      help: 'how many queries run at once',
      parse: values.parsePositive,
      default: 4,
    },
    {
      name: 'serverMaxRunsPerCaller',
      flags: '--max-runs-per-caller <N>',
      help: 'how many of them one caller may have; default: half, where callers show tokens, else all',
      parse: values.parsePositive,
    },
    {
      name: 'serverMaxQueued',
      flags: '--max-queued <N>',
      help: 'how many more may wait for their turn',
      parse: values.parseCount,
      default: 32,
    },
    {
      name: 'serverQueueTimeout',
      flags: '--queue-timeout <DURATION>',
      help: 'how long one may wait for its turn',
      parse: values.parseDuration,
      show: values.formatDuration,
      default: 5 * 60_000,
    },
    {
      name: 'serverEnv',
      flags: '--pass-env <NAMES...>',
      help: 'more variables of the environment that claude is given, NAME or PREFIX_*',
      parse: values.parseVariables,
    },
    {
      name: 'serverSandbox',
      flags: '--require-sandbox',
      help: "run claude's commands in its own sandbox, and fail where there is none",
      parse: values.parseBoolean,
    },
  ]),
  ...inGroup('Keeping', [
    {
      name: 'serverKeepRuns',
      flags: '--keep-runs <N>',
      help: 'how many finished runs are kept for paging',
      parse: values.parseCount,
      default: 100,
    },
    {
      name: 'serverKeepBytes',
      flags: '--keep-bytes <SIZE>',
      help: 'how much memory they may take together',
      parse: values.parseSize,
      show: values.formatSize,
      default: 64 * 1024 * 1024,
    },
    {
      name: 'serverKeepFor',
      flags: '--keep-for <DURATION>',
      help: 'how long each is kept',
      parse: values.parseDuration,
      show: values.formatDuration,
      default: 60 * 60_000,
    },
  ]),
  ...inGroup('Watching', [
    {
      name: 'serverAdminPort',
      flags: '--admin-port <PORT>',
      help: 'the port on loopback for /metrics, /healthz and /runs, or off; default: 8002 with --http, else off',
      parse: parsePortOrOff,
    },
    {
      name: 'serverAudit',
      flags: '--audit <FILE>',
      help: 'write a line of JSON for each query to a file of this server alone',
      parse: values.parseName,
      paths: true,
    },
    {
      name: 'serverAuditSize',
      flags: '--audit-size <SIZE>',
      help: 'the size at which that file is rotated',
      parse: parseSomeSize,
      show: values.formatSize,
      default: 10 * 1024 * 1024,
    },
    {
      name: 'serverAuditFiles',
      flags: '--audit-files <N>',
      help: 'how many rotated files are kept',
      parse: values.parsePositive,
      default: 10,
    },
    {
      name: 'serverAuditPrompts',
      flags: '--audit-prompts',
      help: 'write the prompts into it too, redacted',
      parse: values.parseBoolean,
    },
    {
      name: 'serverLogLevel',
      flags: '--log-level <LEVEL>',
      help: 'the least that is logged on stderr: debug, info, warn, error, silent',
      parse: values.parseChoice(['debug', 'info', 'warn', 'error', 'silent']),
      default: 'info',
    },
    {
      name: 'serverLogFormat',
      flags: '--log-format <FORMAT>',
      help: 'json, pretty, or auto: pretty on a terminal',
      parse: values.parseChoice(['auto', 'json', 'pretty']),
      default: 'auto',
    },
  ]),
  ...inGroup(HTTP_GROUP, [
    {
      name: 'serverTokensFile',
      flags: '--tokens-file <FILE>',
      help: 'accept the bearer tokens whose digests are in this file, which "sluice token" adds to',
      parse: values.parseName,
      paths: true,
      commands: [...SERVERS, 'token'],
    },
    {
      name: 'serverJwtSecretFile',
      flags: '--jwt-secret-file <FILE>',
      help: 'accept JWTs signed with the secret in this file',
      parse: values.parseName,
      paths: true,
      commands: [...SERVERS, 'token'],
    },
    {
      name: 'serverJwksUrl',
      flags: '--jwks-url <URL>',
      help: 'accept JWTs signed with a key that is published there; needs --jwt-issuer',
      parse: parseUrl,
    },
    {
      name: 'serverJwtIssuer',
      flags: '--jwt-issuer <NAME>',
      help: 'the issuer that JWTs must name',
      parse: values.parseName,
      commands: [...SERVERS, 'token'],
    },
    {
      name: 'serverJwtAudience',
      flags: '--jwt-audience <NAME>',
      help: 'the audience that JWTs must name; default: the public URL',
      parse: values.parseName,
      commands: [...SERVERS, 'token'],
    },
    {
      name: 'serverJwtAlgorithms',
      flags: '--jwt-algorithms <NAMES...>',
      help: 'the algorithms JWTs may be signed with; default: HS256 for a secret, RS256 ES256 EdDSA for a JWKS',
      parse: values.parseNames,
      commands: [...SERVERS, 'token'],
    },
    {
      name: 'serverRequiredScopes',
      flags: '--required-scopes <SCOPES...>',
      help: 'scopes that a token must have',
      parse: values.parseNames,
    },
    {
      name: 'serverPublicUrl',
      flags: '--public-url <URL>',
      help: 'the URL that clients reach the server by, for metadata and audiences; default: where it listens',
      parse: parseUrl,
    },
    {
      name: 'serverAuthorizationServers',
      flags: '--authorization-servers <URLS...>',
      help: 'where clients get tokens, for the metadata (RFC 9728)',
      parse: (value) => values.parseNames(value).map(parseUrl),
    },
    {
      name: 'serverAllowedHosts',
      flags: '--allow-hosts <NAMES...>',
      help: 'more host names by which the server may be asked; loopback names always may',
      parse: values.parseNames,
    },
    {
      name: 'serverAllowedOrigins',
      flags: '--allow-origins <NAMES...>',
      help: 'more hosts whose web pages may ask; those of loopback always may',
      parse: values.parseNames,
    },
  ]),
  ...inGroup('MCP', [
    {
      name: 'mcpEnabled',
      flags: '--enabled <BOOLEAN>',
      help: 'whether the tools are offered at all',
      parse: values.parseBoolean,
      default: true,
    },
    {
      name: 'mcpTransport',
      flags: '--transport <NAME>',
      help: 'stdio or streamable-http',
      parse: values.parseChoice(['stdio', 'streamable-http']),
      environment: { name: 'MCP_TRANSPORT', parse: values.parseChoice(['stdio', 'streamable-http']) },
      default: 'stdio',
    },
    {
      name: 'mcpHost',
      flags: '--host <ADDRESS>',
      help: 'the address to listen on',
      parse: values.parseName,
      environment: { name: 'MCP_HOST', parse: values.parseName },
      default: '127.0.0.1',
    },
    {
      name: 'mcpPort',
      flags: '--port <PORT>',
      help: 'the port to listen on; 0 for any that is free',
      parse: parsePort,
      environment: { name: 'MCP_PORT', parse: parsePort },
      default: 8001,
    },
    {
      name: 'mcpMaxResult',
      flags: '--max-result <SIZE>',
      help: 'the characters that a result may have, 4000 or more; what is left out can be paged',
      parse: parseResultSize,
      default: 45_000,
    },
    {
      name: 'mcpMessageNotifications',
      flags: '--message-notifications',
      help: 'send each message as a notification of its own too, claude-code/messages',
      parse: values.parseBoolean,
    },
    {
      name: 'mcpLegacyGrace',
      flags: '--legacy-grace <DURATION>',
      help: 'how long a client of 2025-11-25 or before may be away before its queries are stopped',
      parse: values.parseDuration,
      show: values.formatDuration,
      default: 30_000,
    },
  ]),
];

function inGroup(group: string, rows: readonly Omit<Option, 'group'>[]): Option[] {
  return rows.map((row) => ({ commands: SERVERS, ...row, group }));
}

function parseSomeSize(value: unknown): number {
  const size = values.parseSize(value);
  if (size === 0) throw new Error('a size above 0');
  return size;
}

/** Below that, a result has no room for what is to be known of every run. */
const LEAST_RESULT = 4_000;

function parseResultSize(value: unknown): number {
  const size = values.parseSize(value);
  if (size < LEAST_RESULT) throw new Error(`a size of ${LEAST_RESULT} or more`);
  return size;
}

function parsePort(value: unknown): number {
  const port = values.parseCount(value);
  if (port > 65_535) throw new Error('a port from 0 to 65535');
  return port;
}

function parsePortOrOff(value: unknown): number | 'off' {
  return value === 'off' || value === false ? 'off' : parsePort(value);
}

function parseUrl(value: unknown): string {
  const text = values.parseName(value);
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new Error('an http or https URL', { cause: text });
  return text;
}
