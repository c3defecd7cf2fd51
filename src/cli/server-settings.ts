import type { Settings } from '../config/layers.ts';
import type { AccessRules } from '../servers/auth/access-rules.ts';
import type { LogLevel } from '../servers/log.ts';

/** What is said of serving, typed once; absent where nothing set it and there is no default. */
export interface ServerSettings {
  readonly roots: readonly string[] | undefined;
  readonly modes: readonly string[];
  readonly models: readonly string[] | undefined;
  readonly maxRuns: number;
  readonly maxRunsPerCaller: number | undefined;
  readonly maxQueued: number;
  readonly queueTimeoutMs: number;
  readonly env: readonly string[];
  readonly sandbox: boolean;
  readonly keep: { readonly runs: number; readonly bytes: number; readonly ageMs: number };
  readonly adminPort: number | 'off' | undefined;
  readonly audit: AuditSettings | null;
  readonly logLevel: LogLevel;
  readonly logFormat: 'auto' | 'json' | 'pretty';
  readonly access: AccessRules;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly mcp: McpSettings;
}

export interface AuditSettings {
  readonly file: string;
  /** Bytes at which it is rotated. */
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly prompts: boolean;
}

export interface McpSettings {
  readonly enabled: boolean;
  readonly transport: 'stdio' | 'streamable-http';
  readonly host: string;
  readonly port: number;
  /** UTF-16 units of a result. */
  readonly maxResult: number;
  readonly messageNotifications: boolean;
  readonly legacyGraceMs: number;
}

/** Reads settings into what servers use. */
export function resolveServer(settings: Settings): ServerSettings {
  // Each value was parsed by its option's own parser, which is what gives it its type, or is the option's default.
  const get = <Value>(name: string): Value => settings.get(name)?.value as Value;
  const audit = get<string | readonly string[] | undefined>('serverAudit');
  return {
    roots: get('serverRoots'),
    modes: get('serverModes'),
    models: get('serverModels'),
    maxRuns: get('serverMaxRuns'),
    maxRunsPerCaller: get('serverMaxRunsPerCaller'),
    maxQueued: get('serverMaxQueued'),
    queueTimeoutMs: get('serverQueueTimeout'),
    env: get<readonly string[] | undefined>('serverEnv') ?? [],
    sandbox: get('serverSandbox') === true,
    keep: { runs: get('serverKeepRuns'), bytes: get('serverKeepBytes'), ageMs: get('serverKeepFor') },
    adminPort: get('serverAdminPort'),
    audit:
      audit === undefined
        ? null
        : {
            file: single(audit),
            maxBytes: get('serverAuditSize'),
            maxFiles: get('serverAuditFiles'),
            prompts: get('serverAuditPrompts') === true,
          },
    logLevel: get('serverLogLevel'),
    logFormat: get('serverLogFormat'),
    access: {
      tokensFile: optionalPath(get('serverTokensFile')),
      jwtSecretFile: optionalPath(get('serverJwtSecretFile')),
      jwksUrl: get('serverJwksUrl'),
      jwtIssuer: get('serverJwtIssuer'),
      jwtAudience: get('serverJwtAudience'),
      jwtAlgorithms: get('serverJwtAlgorithms'),
      requiredScopes: get<readonly string[] | undefined>('serverRequiredScopes') ?? [],
      publicUrl: get('serverPublicUrl'),
      authorizationServers: get<readonly string[] | undefined>('serverAuthorizationServers') ?? [],
    },
    allowedHosts: get<readonly string[] | undefined>('serverAllowedHosts') ?? [],
    allowedOrigins: get<readonly string[] | undefined>('serverAllowedOrigins') ?? [],
    mcp: {
      enabled: get('mcpEnabled'),
      transport: get('mcpTransport'),
      host: get('mcpHost'),
      port: get('mcpPort'),
      maxResult: get('mcpMaxResult'),
      messageNotifications: get('mcpMessageNotifications') === true,
      legacyGraceMs: get('mcpLegacyGrace'),
    },
  };
}

/** A path of a file is made a list of one when it is resolved against that file's folder. */
function single(paths: string | readonly string[]): string {
  return typeof paths === 'string' ? paths : (paths[0] ?? '');
}

function optionalPath(paths: string | readonly string[] | undefined): string | undefined {
  return paths === undefined ? undefined : single(paths);
}
