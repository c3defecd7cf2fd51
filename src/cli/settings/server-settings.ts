import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { parseQuota, type Quota } from '../../quotas/quota.ts';
import type { AccessRules } from '../../servers/auth/access-rules.ts';
import type { LogLevel } from '../../servers/log.ts';

/** What is said of serving, typed once; absent where nothing set it and there is no default. */
export interface ServerSettings {
  readonly maxRuns: number;
  readonly maxRunsPerCaller: number | undefined;
  readonly maxQueued: number;
  readonly queueTimeoutMs: number;
  /** What each caller may use, and where its days, weeks and months are. */
  readonly quotas: { readonly each: readonly Quota[]; readonly timeZone: string | undefined };
  /** Claudes that wait for queries, and for how many other sets of options one waits. */
  readonly prewarm: { readonly spares: number; readonly otherKeys: number };
  /** False: in memory. */
  readonly state: string | false | undefined;
  readonly keep: {
    readonly runs: number | undefined;
    readonly bytes: number | undefined;
    readonly ageMs: number | undefined;
  };
  /** How old an answer may be that is given again, in milliseconds; 0: each query asks. */
  readonly cacheMs: number;
  readonly adminPort: number | 'off' | undefined;
  /** Milliseconds; undefined: never. */
  readonly probeLoginMs: number | undefined;
  readonly audit: AuditSettings | null;
  readonly logLevel: LogLevel;
  readonly logFormat: 'auto' | 'json' | 'pretty';
  readonly access: AccessRules;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly mcp: McpSettings;
  readonly gateway: GatewaySettings;
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

export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  /** Whether there is a page. */
  readonly ui: boolean;
  /** Bytes of a request. */
  readonly maxBody: number;
  /** How long runs may go on once the server is told to end. */
  readonly drainTimeoutMs: number;
  readonly callbacks: CallbackSettings;
}

export interface CallbackSettings {
  readonly hosts: readonly string[] | undefined;
  readonly keyFile: string | undefined;
  /** Whether they may have private addresses. */
  readonly private: boolean;
}

/** Reads settings into what servers use. */
export function resolveServer(settings: Settings): ServerSettings {
  const audit = read(settings, OPTION.serverAudit);
  return {
    maxRuns: read(settings, OPTION.serverMaxRuns),
    maxRunsPerCaller: read(settings, OPTION.serverMaxRunsPerCaller),
    maxQueued: read(settings, OPTION.serverMaxQueued),
    queueTimeoutMs: read(settings, OPTION.serverQueueTimeout),
    quotas: {
      each: (read(settings, OPTION.serverQuotas) ?? []).map(parseQuota),
      timeZone: read(settings, OPTION.serverQuotaTimeZone),
    },
    state: read(settings, OPTION.serverState),
    keep: {
      runs: read(settings, OPTION.serverKeepRuns),
      bytes: read(settings, OPTION.serverKeepBytes),
      ageMs: read(settings, OPTION.serverKeepFor),
    },
    cacheMs: read(settings, OPTION.serverCache),
    prewarm: { spares: read(settings, OPTION.serverPrewarm), otherKeys: read(settings, OPTION.serverPrewarmKeys) },
    adminPort: read(settings, OPTION.serverAdminPort),
    probeLoginMs: read(settings, OPTION.serverProbeLogin),
    audit:
      audit === undefined
        ? null
        : {
            file: audit,
            maxBytes: read(settings, OPTION.serverAuditSize),
            maxFiles: read(settings, OPTION.serverAuditFiles),
            prompts: read(settings, OPTION.serverAuditPrompts) === true,
          },
    logLevel: read(settings, OPTION.serverLogLevel),
    logFormat: read(settings, OPTION.serverLogFormat),
    access: {
      tokensFile: read(settings, OPTION.serverTokensFile),
      jwtSecretFile: read(settings, OPTION.serverJwtSecretFile),
      jwksUrl: read(settings, OPTION.serverJwksUrl),
      jwtIssuer: read(settings, OPTION.serverJwtIssuer),
      jwtAudience: read(settings, OPTION.serverJwtAudience),
      jwtAlgorithms: read(settings, OPTION.serverJwtAlgorithms),
      requiredScopes: read(settings, OPTION.serverRequiredScopes) ?? [],
      trustUserHeader: read(settings, OPTION.serverTrustUserHeader),
      trustProxyAddresses: read(settings, OPTION.serverTrustProxyAddresses),
      publicUrl: read(settings, OPTION.serverPublicUrl),
      authorizationServers: read(settings, OPTION.serverAuthorizationServers) ?? [],
    },
    allowedHosts: read(settings, OPTION.serverAllowedHosts) ?? [],
    allowedOrigins: read(settings, OPTION.serverAllowedOrigins) ?? [],
    mcp: {
      enabled: read(settings, OPTION.mcpEnabled),
      transport: read(settings, OPTION.mcpTransport),
      host: read(settings, OPTION.mcpHost),
      port: read(settings, OPTION.mcpPort),
      maxResult: read(settings, OPTION.mcpMaxResult),
      messageNotifications: read(settings, OPTION.mcpMessageNotifications) === true,
      legacyGraceMs: read(settings, OPTION.mcpLegacyGrace),
    },
    gateway: {
      host: read(settings, OPTION.serveHost),
      port: read(settings, OPTION.servePort),
      ui: read(settings, OPTION.serveUi) === true,
      maxBody: read(settings, OPTION.serveMaxBody),
      drainTimeoutMs: read(settings, OPTION.serveDrainTimeout),
      callbacks: {
        hosts: read(settings, OPTION.serveCallbackHosts),
        keyFile: read(settings, OPTION.serveCallbackKeyFile),
        private: read(settings, OPTION.serveCallbackPrivate) === true,
      },
    },
  };
}
