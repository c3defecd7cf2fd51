import { inlineSecrets } from '../claude/options/inline-secrets.ts';
import { locateClaude } from '../claude/options/locate.ts';
import type { Settings } from '../config/layers.ts';
import { strayVariables } from '../config/names.ts';
import { messageOf } from '../errors.ts';
import { createRedactor } from '../secrets/redactor.ts';
import { createLog, type Log } from '../servers/log.ts';
import type { Policy } from '../servers/policy.ts';
import { createQueries, type Queries } from '../servers/queries.ts';
import type { Witness } from '../servers/witness.ts';
import { colorLevel } from './color-level.ts';
import type { Io } from './io.ts';
import { redactorOptions } from './redactor-options.ts';
import { policyOf } from './server-policy.ts';
import type { ServerSettings } from './server-settings.ts';
import { resolve, type Resolved } from './settings.ts';

/** What every server does, whatever its clients speak: queries by a policy, and an operator who sees them. */
export interface Service {
  readonly policy: Policy;
  readonly queries: Queries;
  readonly log: Log;
  /** Stops what runs, then tells the operator the rest. To be called last. */
  close(): Promise<void>;
}

/** The operator's port, unless another was named. */
export const ADMIN_PORT = 8002;

/**
 * Opens a service as settings have it.
 * @param adminPort where the operator looks; null: nowhere
 * @param stop comes when the service is to end
 * @throws SluiceError `usage`
 */
export async function openService(
  settings: Settings,
  server: ServerSettings,
  io: Io,
  adminPort: number | null,
  stop: AbortSignal,
): Promise<Service> {
  const options = resolve(settings);
  const redaction = await redactorOptions(options.secrets, io, stop);
  const redactor = createRedactor({ env: io.env, ...redaction });
  const redact = (text: string): string => redactor.redact(text).text;
  const log = openLog(server, options, io, redact);
  const given = policyOf(options, server, io, settings);
  const policy = { ...given, run: { ...given.run, redact: options.redact && redaction } };
  redactor.addValues(inlineSecrets(policy.claude), 'configured');
  for (const stray of strayVariables(io.env)) log.warn(stray);
  warnOfMissingClaude(options, io, log);

  const audit = await openAuditOf(server, redact, log);
  const metrics = adminPort === null ? null : (await import('../servers/metrics.ts')).createMetrics();
  const witnesses: Witness[] = [log, audit, metrics].flatMap((opened) => (opened === null ? [] : [opened.witness]));
  const queries = createQueries({ policy, env: io.env, limits: server, keep: server.keep, witnesses });

  async function openAdmin(): Promise<{ close(): Promise<void> } | null> {
    if (adminPort === null || metrics === null) return null;
    const onError = (error: unknown): void => log.fault('error', 'a request of the operator went wrong', error);
    const { startAdmin } = await import('../servers/admin.ts');
    const admin = await startAdmin({
      port: adminPort,
      queries,
      metrics,
      isClosing: () => stop.aborted,
      redact,
      onError,
    });
    log.info('the operator is served', { face: 'admin', url: admin.url.href });
    return admin;
  }

  const admin = await openAdmin();
  return {
    policy,
    queries,
    log,
    async close() {
      await queries.close();
      await admin?.close();
      await audit?.close();
    },
  };
}

function openLog(
  { logLevel, logFormat }: ServerSettings,
  { color }: Resolved,
  { stderr, env }: Io,
  redact: (text: string) => string,
): Log {
  return createLog({
    level: logLevel,
    format: logFormat === 'auto' ? (stderr.isTTY ? 'pretty' : 'json') : logFormat,
    color: colorLevel(color, env, stderr.isTTY) > 0,
    output: stderr,
    redact,
  });
}

async function openAuditOf({ audit }: ServerSettings, redact: (text: string) => string, log: Log) {
  if (audit === null) return null;
  const { openAudit } = await import('../servers/audit/audit.ts');
  return openAudit({ ...audit, redact, onFault: (fault) => log.error(fault.message) });
}

/** Said early: each query would fail, and whoever starts a server may not see that. */
function warnOfMissingClaude({ claudePath, layers }: Resolved, { env, cwd }: Io, log: Log): void {
  try {
    locateClaude({ explicit: claudePath, layer: layers.claudePath, path: env['PATH'], cwd });
  } catch (error) {
    log.warn(`queries will fail: ${messageOf(error)}`);
  }
}
