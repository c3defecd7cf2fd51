import type { Field, FieldTable } from '../../request/field.ts';
import { PERMISSION_MODES } from '../../request/fields/permissions.ts';
import { duration, wait } from '../../request/kinds/durations.ts';
import { type Kind, kindOf } from '../../request/kinds/kind.ts';
import { choices, lines, listOf, names, variables } from '../../request/kinds/lists.ts';
import { count, positive } from '../../request/kinds/numbers.ts';
import { size, sizeFrom, sizeUpTo } from '../../request/kinds/sizes.ts';
import { boolean, choice, name } from '../../request/kinds/texts.ts';

/** The commands that serve, which share a policy, an audit and an admin listener. */
const SERVERS = ['mcp', 'serve'];
const MCP_ALONE = ['mcp'];
const GATEWAY_ALONE = ['serve'];

const POLICY = 'Policy';
const FINISHED = 'Finished runs';
const MONITORING = 'Monitoring and logs';
const HTTP_GROUP = 'Access over HTTP';
const MCP = 'MCP';
const GATEWAY = 'HTTP gateway';

/** Whether an option says nothing but how HTTP is served. */
export function isForHttp({ group, name }: Pick<Field, 'group' | 'name'>): boolean {
  return group === HTTP_GROUP || ['mcpHost', 'mcpPort', 'mcpLegacyGrace'].includes(name);
}

/** A TCP port; 0 for any that is free. */
const port: Kind<number> = kindOf({
  parse(value) {
    const parsed = count.parse(value);
    if (parsed > 65_535) throw new Error('a port from 0 to 65535');
    return parsed;
  },
  expected: 'a port from 0 to 65535',
  schema: { type: 'integer', minimum: 0, maximum: 65_535 },
});

const portOrOff: Kind<number | 'off'> = kindOf<number | 'off'>({
  parse: (value) => (value === 'off' || value === false ? 'off' : port.parse(value)),
  expected: "a port from 0 to 65535, or 'off'",
  schema: { anyOf: [port.schema, { type: 'string', enum: ['off'] }] },
});

/** False for off. */
const nameOrOff: Kind<string | false> = kindOf<string | false>({
  parse: (value) => (value === 'off' || value === false ? false : name.parse(value)),
  expected: "the path of a folder, or 'off'",
  schema: { anyOf: [name.schema, { type: 'boolean' }] },
});

const url: Kind<string> = kindOf({
  parse: parseUrl,
  expected: 'an http or https URL',
  schema: { type: 'string', pattern: '^https?:' },
});

const transport = choice(['stdio', 'streamable-http']);

const urls = listOf((value) => names.parse(value).map(parseUrl));

/** Below that, a result has no room for what is to be known of every run. */
const LEAST_RESULT = 4_000;

/** What servers allow those who ask, and how they are served. Nothing of it is for a project's file. */
export const SERVER = {
  serverRoots: {
    name: 'serverRoots',
    flags: '--root <PATH>',
    group: POLICY,
    commands: SERVERS,
    help: 'folder that queries may work in; may be repeated; default: the current folder',
    kind: lines,
    repeated: true,
    paths: true,
  },
  serverModes: {
    name: 'serverModes',
    flags: '--allow-modes <MODES...>',
    group: POLICY,
    commands: SERVERS,
    help: 'permission modes that queries may ask for',
    kind: choices(PERMISSION_MODES),
    default: ['default', 'plan', 'dontAsk'],
  },
  serverModels: {
    name: 'serverModels',
    flags: '--allow-models <NAMES...>',
    group: POLICY,
    commands: SERVERS,
    help: 'models that queries may ask for; default: any',
    kind: names,
  },
  serverAskTools: {
    name: 'serverAskTools',
    flags: '--ask-tools <TOOLS...>',
    group: POLICY,
    commands: SERVERS,
    help: 'more tools that queries may use; somebody has to allow each call, or it is denied',
    kind: names,
  },
  serverMaxRuns: {
    name: 'serverMaxRuns',
    flags: '--max-runs <N>',
    group: POLICY,
    commands: SERVERS,
    help: 'how many queries run at once',
    kind: positive,
    default: 4,
  },
  serverMaxRunsPerCaller: {
    name: 'serverMaxRunsPerCaller',
    flags: '--max-runs-per-caller <N>',
    group: POLICY,
    commands: SERVERS,
    help: 'how many queries one caller may run at once; default: half of --max-runs, where callers show tokens, else all',
    kind: positive,
  },
  serverMaxQueued: {
    name: 'serverMaxQueued',
    flags: '--max-queued <N>',
    group: POLICY,
    commands: SERVERS,
    help: 'how many more queries may wait in the queue',
    kind: count,
    default: 32,
  },
  serverQueueTimeout: {
    name: 'serverQueueTimeout',
    flags: '--queue-timeout <DURATION>',
    group: POLICY,
    commands: SERVERS,
    help: 'how long a query may wait in the queue',
    kind: duration,
    default: 5 * 60_000,
  },
  serverPrewarm: {
    name: 'serverPrewarm',
    flags: '--prewarm <N>',
    group: POLICY,
    commands: SERVERS,
    help: 'how many claudes are started before there is a query for them; they wait in places that no query needs',
    kind: count,
    default: 0,
  },
  serverPrewarmKeys: {
    name: 'serverPrewarmKeys',
    flags: '--prewarm-keys <N>',
    group: POLICY,
    commands: SERVERS,
    help: 'for how many other sets of options, those that queries ask for most, one more waits',
    kind: count,
    default: 0,
  },
  serverEnv: {
    name: 'serverEnv',
    flags: '--pass-env <NAMES...>',
    group: POLICY,
    commands: SERVERS,
    help: 'more variables that claude is given; NAME or PREFIX_*',
    kind: variables,
  },
  serverSandbox: {
    name: 'serverSandbox',
    flags: '--require-sandbox',
    group: POLICY,
    commands: SERVERS,
    help: "run claude's commands in its own sandbox; fail where there is none",
    kind: boolean,
  },
  serverState: {
    name: 'serverState',
    flags: '--state <FOLDER>',
    group: FINISHED,
    commands: SERVERS,
    help: 'where runs are kept, or off: in memory alone; default: sluice in $XDG_STATE_HOME',
    kind: nameOrOff,
    paths: true,
  },
  serverKeepRuns: {
    name: 'serverKeepRuns',
    flags: '--keep-runs <N>',
    group: FINISHED,
    commands: SERVERS,
    help: 'how many finished runs are kept; default: 1000, in memory 100',
    kind: count,
  },
  serverKeepBytes: {
    name: 'serverKeepBytes',
    flags: '--keep-bytes <SIZE>',
    group: FINISHED,
    commands: SERVERS,
    help: 'how much the messages of finished runs may take together; default: 256MiB, in memory 64MiB',
    kind: size,
  },
  serverKeepFor: {
    name: 'serverKeepFor',
    flags: '--keep-for <DURATION>',
    group: FINISHED,
    commands: SERVERS,
    help: 'how long a finished run is kept; default: a week, in memory an hour',
    kind: duration,
  },
  serverAdminPort: {
    name: 'serverAdminPort',
    flags: '--admin-port <PORT>',
    group: MONITORING,
    commands: SERVERS,
    help: 'port for /metrics, /healthz, /readyz and /runs; on loopback, or off; default: 8002 over HTTP, else off',
    kind: portOrOff,
  },
  serverAudit: {
    name: 'serverAudit',
    flags: '--audit <FILE>',
    group: MONITORING,
    commands: SERVERS,
    help: 'write a line of JSON for each query to a file; it belongs to this server alone',
    kind: name,
    paths: true,
  },
  serverAuditSize: {
    name: 'serverAuditSize',
    flags: '--audit-size <SIZE>',
    group: MONITORING,
    commands: SERVERS,
    help: 'the size at which the audit file is rotated',
    kind: sizeFrom(1),
    default: 10 * 1024 * 1024,
  },
  serverAuditFiles: {
    name: 'serverAuditFiles',
    flags: '--audit-files <N>',
    group: MONITORING,
    commands: SERVERS,
    help: 'how many rotated audit files are kept',
    kind: positive,
    default: 10,
  },
  serverAuditPrompts: {
    name: 'serverAuditPrompts',
    flags: '--audit-prompts',
    group: MONITORING,
    commands: SERVERS,
    help: 'write prompts to the audit file too, redacted',
    kind: boolean,
  },
  serverLogLevel: {
    name: 'serverLogLevel',
    flags: '--log-level <LEVEL>',
    group: MONITORING,
    commands: SERVERS,
    help: 'the least that is logged on stderr; debug, info, warn, error or silent',
    kind: choice(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
  },
  serverLogFormat: {
    name: 'serverLogFormat',
    flags: '--log-format <FORMAT>',
    group: MONITORING,
    commands: SERVERS,
    help: 'json, pretty, or auto: pretty on a terminal',
    kind: choice(['auto', 'json', 'pretty']),
    default: 'auto',
  },
  serverTokensFile: {
    name: 'serverTokensFile',
    flags: '--tokens-file <FILE>',
    group: HTTP_GROUP,
    help: 'accept the bearer tokens of this file; "sluice token" adds to it',
    kind: name,
    paths: true,
    commands: [...SERVERS, 'token'],
  },
  serverJwtSecretFile: {
    name: 'serverJwtSecretFile',
    flags: '--jwt-secret-file <FILE>',
    group: HTTP_GROUP,
    help: 'accept JWTs signed with the secret in this file',
    kind: name,
    paths: true,
    commands: [...SERVERS, 'token'],
  },
  serverJwksUrl: {
    name: 'serverJwksUrl',
    flags: '--jwks-url <URL>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'accept JWTs signed with a key from there; needs --jwt-issuer',
    kind: url,
  },
  serverJwtIssuer: {
    name: 'serverJwtIssuer',
    flags: '--jwt-issuer <NAME>',
    group: HTTP_GROUP,
    help: 'the issuer that JWTs must name',
    kind: name,
    commands: [...SERVERS, 'token'],
  },
  serverJwtAudience: {
    name: 'serverJwtAudience',
    flags: '--jwt-audience <NAME>',
    group: HTTP_GROUP,
    help: 'the audience that JWTs must name; default: the public URL',
    kind: name,
    commands: [...SERVERS, 'token'],
  },
  serverJwtAlgorithms: {
    name: 'serverJwtAlgorithms',
    flags: '--jwt-algorithms <NAMES...>',
    group: HTTP_GROUP,
    help: 'the algorithms JWTs may be signed with; default: HS256 for a secret, RS256 ES256 EdDSA for a JWKS',
    kind: names,
    commands: [...SERVERS, 'token'],
  },
  serverRequiredScopes: {
    name: 'serverRequiredScopes',
    flags: '--required-scopes <SCOPES...>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'scopes that a token must have',
    kind: names,
  },
  serverPublicUrl: {
    name: 'serverPublicUrl',
    flags: '--public-url <URL>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'the URL that clients reach the server by; for metadata and audiences; default: where it listens',
    kind: url,
  },
  serverAuthorizationServers: {
    name: 'serverAuthorizationServers',
    flags: '--authorization-servers <URLS...>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'where clients get tokens, for the metadata (RFC 9728)',
    kind: urls,
  },
  serverAllowedHosts: {
    name: 'serverAllowedHosts',
    flags: '--allow-hosts <NAMES...>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'more host names by which the server may be asked; loopback names always may',
    kind: names,
  },
  serverAllowedOrigins: {
    name: 'serverAllowedOrigins',
    flags: '--allow-origins <NAMES...>',
    group: HTTP_GROUP,
    commands: SERVERS,
    help: 'more hosts whose web pages may ask; those of loopback always may',
    kind: names,
  },
  mcpEnabled: {
    name: 'mcpEnabled',
    flags: '--enabled <BOOLEAN>',
    group: MCP,
    commands: SERVERS,
    help: 'whether the tools are offered at all',
    kind: boolean,
    default: true,
  },
  mcpTransport: {
    name: 'mcpTransport',
    flags: '--transport <NAME>',
    group: MCP,
    commands: MCP_ALONE,
    help: 'stdio or streamable-http',
    kind: transport,
    environment: { name: 'MCP_TRANSPORT', parse: transport.parse },
    default: 'stdio',
  },
  mcpHost: {
    name: 'mcpHost',
    flags: '--host <ADDRESS>',
    group: MCP,
    commands: MCP_ALONE,
    help: 'the address to listen on',
    kind: name,
    environment: { name: 'MCP_HOST', parse: name.parse },
    default: '127.0.0.1',
  },
  mcpPort: {
    name: 'mcpPort',
    flags: '--port <PORT>',
    group: MCP,
    commands: MCP_ALONE,
    help: 'the port to listen on; 0 for any that is free',
    kind: port,
    environment: { name: 'MCP_PORT', parse: port.parse },
    default: 8001,
  },
  mcpMaxResult: {
    name: 'mcpMaxResult',
    flags: '--max-result <SIZE>',
    group: MCP,
    commands: SERVERS,
    help: 'most characters of a result; 4000 or more, the rest can be paged',
    kind: sizeFrom(LEAST_RESULT),
    default: 45_000,
  },
  mcpMessageNotifications: {
    name: 'mcpMessageNotifications',
    flags: '--message-notifications',
    group: MCP,
    commands: SERVERS,
    help: 'send each message as a notification of its own too, claude-code/messages',
    kind: boolean,
  },
  mcpLegacyGrace: {
    name: 'mcpLegacyGrace',
    flags: '--legacy-grace <DURATION>',
    group: MCP,
    commands: SERVERS,
    help: 'how long a client of 2025-11-25 or before may be away before its queries are stopped',
    kind: duration,
    default: 30_000,
  },
  serveHost: {
    name: 'serveHost',
    flags: '--host <ADDRESS>',
    group: GATEWAY,
    commands: GATEWAY_ALONE,
    help: 'the address to listen on',
    kind: name,
    default: '127.0.0.1',
  },
  servePort: {
    name: 'servePort',
    flags: '--port <PORT>',
    group: GATEWAY,
    commands: GATEWAY_ALONE,
    help: 'the port to listen on; 0 for any that is free',
    kind: port,
    default: 8000,
  },
  serveMaxBody: {
    name: 'serveMaxBody',
    flags: '--max-body <SIZE>',
    group: GATEWAY,
    commands: GATEWAY_ALONE,
    help: 'the largest request, attachments included; at most 96MiB',
    kind: sizeUpTo(96 * 1024 * 1024),
    default: 16 * 1024 * 1024,
  },
  serveDrainTimeout: {
    name: 'serveDrainTimeout',
    flags: '--drain-timeout <DURATION>',
    group: GATEWAY,
    commands: GATEWAY_ALONE,
    help: 'how long runs may go on once the server is told to end; 0 stops them at once',
    kind: wait,
    default: 10_000,
  },
} as const satisfies FieldTable;

function parseUrl(value: unknown): string {
  const text = name.parse(value);
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new Error('an http or https URL', { cause: text });
  return text;
}
