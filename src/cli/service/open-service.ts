import { keepGuardian } from '../../claude/process-tree/guardian.ts';
import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { strayVariables } from '../../config/derived-names.ts';
import { SluiceError } from '../../errors.ts';
import type { ApprovalBoard } from '../../runs/redis/approval-board.ts';
import { type Mask, maskOf } from '../../secrets/mask.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { createLog, type Log } from '../../servers/log.ts';
import type { Policy } from '../../servers/policy.ts';
import { createCallerQuotas } from '../../servers/caller-quotas.ts';
import { createQueries, type Queries, type QueriesInput } from '../../servers/queries.ts';
import { lateMetrics } from '../../servers/late-metrics.ts';
import { type Login, watchLogin } from '../../servers/login.ts';
import type { ReadinessInput } from '../../servers/readiness.ts';
import { watchIdle } from '../../servers/watch-idle.ts';
import { keptQuery } from '../../servers/queries/kept-query.ts';
import { allOf } from '../../servers/queries/observers.ts';
import type { Observer } from '../../servers/observer.ts';
import { openCallbacksOf } from './open-callbacks.ts';
import type { ProbeOptions } from './probe-as-queries.ts';
import { type OpenedRuns, openRuns } from './open-runs.ts';
import { stateHome } from './state-home.ts';
import { colorLevel } from '../terminal/color-level.ts';
import { findClaude } from '../settings/find-claude.ts';
import { flagName } from '../settings/flag-name.ts';
import type { Io } from '../io.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { policyOf } from '../settings/server-policy.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { whereSet } from '../settings/where-set.ts';

/** What every server does, whatever its clients speak: queries by a policy, and an operator who sees them. */
export interface Service {
  readonly policy: Policy;
  readonly queries: Queries;
  /** Where other replicas see what is asked about calls of tools; absent: there are none. */
  readonly board?: ApprovalBoard;
  readonly log: Log;
  /** Masks the secrets that the operator knows of. */
  redact(text: string): string;
  /** What is known of claude's login, and whether it is asked for. */
  readonly login: () => Omit<ReadinessInput, 'isClosing'>;
  /** Opens the operator's port, if there is to be one. @throws SluiceError `usage` when it can't be had */
  openAdmin(): Promise<void>;
  /** Says that a request was refused before it was read, with this status of HTTP. */
  refusedRequests(status: number): void;
  /** Settles when nothing waits or runs. */
  idle(): Promise<void>;
  /** Gives up what waits and runs, and has whoever waits for it told, whatever became of where runs are kept. */
  stop(): Promise<void>;
  /** Stops what runs, then tells the operator the rest. To be called last. */
  close(): Promise<void>;
}

/** What of it MCP is served with; without a policy where a gateway carries out what is asked. */
export interface McpService extends Pick<Service, 'log' | 'redact' | 'openAdmin' | 'refusedRequests' | 'close'> {
  readonly policy: Policy | null;
  readonly queries: Pick<Queries, 'ask' | 'page' | 'close'>;
}

/** The operator's port, unless another was named. */
export const ADMIN_PORT = 8002;

/**
 * Opens a service as settings have it.
 * @param adminPort where the operator looks; null: nowhere
 * @param stop comes when the service is to end
 * @param openShared opens the runs that it shares with others; default: they are its own
 * @throws SluiceError `usage`; what `openShared` throws
 */
export async function openService(
  settings: Settings,
  server: ServerSettings,
  io: Io,
  adminPort: number | null,
  stop: AbortSignal,
  openShared?: (log: Log) => Promise<OpenedRuns>,
): Promise<Service> {
  const redaction = await redactorOptions(declaredSecrets(settings), io, stop);
  const redactor = createRedactor({ env: io.env, ...redaction });
  const redact = (text: string): string => redactor.redact(text).text;
  const mask = maskOf(redactor);
  const log = await openLog(server, read(settings, OPTION.color), io, redact);
  const policy = { ...policyOf(settings, io), redactor: redaction };
  redactor.addValues(inlineSecrets(policy.request), 'configured');
  for (const stray of strayVariables(io.env)) log.warn(stray);
  warnOfMissingClaude(settings, io, log);

  const audit = await openAuditOf(server, mask, log);
  const metrics = adminPort === null ? null : lateMetrics();
  const watch = watchIdle();
  const login = watchLogin((now) => tellOfLogin(now, log));
  const watchers = [log, audit, metrics, watch, login].flatMap((opened) => (opened === null ? [] : opened.observer));
  const {
    runs,
    ledger,
    onOrphan,
    board,
    isConnected,
    settle,
    close: closeRuns,
  } = await (openShared?.(log) ?? openRuns(server, io.env, whereSet(settings, 'serverState'), log));
  const readiness = () => ({
    login: login.login(),
    isProbed: server.probeLoginMs !== undefined,
    ...(isConnected === undefined ? {} : { isConnected: isConnected() }),
  });
  const callbacks = await openCallbacksOf(server.gateway.callbacks, settings, mask, (query, result) => {
    allOf(watchers).calledBack(query, result);
    if (result.outcome !== 'left') runs.calledBack(query.runId, result.outcome);
  });
  const observers: Observer[] = callbacks === null ? watchers : [...watchers, callbacks.observer];
  const letGuardianGo = keepGuardian();
  const queries = createQueries({
    policy,
    env: io.env,
    limits: limitsOf(server),
    runs,
    observers,
    callerQuotas: createCallerQuotas({
      ledger,
      quotas: server.quotas.each,
      onFault: (fault) => log.fault('error', 'what callers use cannot be looked up', fault),
    }),
    ...(await answersOf(server, settings, io, log)),
    ...prewarmingOf(server, policy, io, log),
  });
  onOrphan(({ kind, run }) => {
    const { query, end } = keptQuery(run);
    if (kind === 'untold') callbacks?.resume(query, end);
    else allOf(observers).ended(query, end);
  });

  const closing = new AbortController();
  const probing = startProbing(
    server,
    { policy, env: io.env, watch: login, log },
    AbortSignal.any([stop, closing.signal]),
  );

  let admin: { close(): Promise<void> } | null = null;

  async function openAdmin(): Promise<void> {
    if (adminPort === null || metrics === null) return;
    const onError = (error: unknown): void => log.fault('error', 'a request of the operator went wrong', error);
    const { startAdmin } = await import('../../servers/admin.ts');
    const opened = await startAdmin({
      port: adminPort,
      queries,
      metrics: await metrics.load(),
      isClosing: () => stop.aborted,
      login: readiness,
      redact,
      onError,
    });
    admin = opened;
    log.info('metrics and health are served', { face: 'admin', url: opened.url.href });
  }

  const tellOfRefused = atMostOncePer(REFUSED_MS, (status, times) => {
    log.warn('requests were refused', { status, times });
  });
  return {
    policy,
    queries,
    ...(board === undefined ? {} : { board }),
    log,
    redact,
    login: readiness,
    openAdmin,
    refusedRequests(status) {
      metrics?.refusedRequests(status);
      tellOfRefused(status);
    },
    idle: () => watch.idle(queries.active),
    async stop() {
      await queries.close();
      // What comes of them is to be written down, or another replica would tell programs again.
      await callbacks?.close();
      await settle?.();
    },
    async close() {
      closing.abort();
      await queries.close();
      letGuardianGo();
      await probing;
      await callbacks?.close();
      await admin?.close();
      await closeRuns();
      await audit?.close();
    },
  };
}

async function startProbing(
  { probeLoginMs }: ServerSettings,
  { log, ...options }: Pick<ProbeOptions, 'policy' | 'env' | 'watch'> & { readonly log: Log },
  stop: AbortSignal,
): Promise<void> {
  if (probeLoginMs === undefined) return;
  const { probeAsQueries } = await import('./probe-as-queries.ts');
  const onFault = (fault: unknown): void => log.fault('warn', 'claude could not be asked for a word', fault);
  await probeAsQueries({ ...options, intervalMs: probeLoginMs, onFault }, stop);
}

function tellOfLogin(login: Login, log: Log): void {
  if (login.state === 'ok') log.info('claude is let in again');
  if (login.state === 'failed') log.error(`claude is not let in: ${login.message}`, { class: login.reason });
}

/** @throws SluiceError `usage` where answers are to be given again, and none can be kept */
async function answersOf(
  { cacheMs, state }: ServerSettings,
  settings: Settings,
  { env }: Io,
  log: Log,
): Promise<Pick<QueriesInput, 'answers'>> {
  if (cacheMs === 0) return {};
  const where = whereSet(settings, 'serverCache');
  const folder = state ?? stateHome(env);
  if (folder === false) {
    const fix =
      state === false ? `leave ${whereSet(settings, 'serverState')} out, or name a folder` : 'name one with --state';
    throw new SluiceError('usage', `${where}: there is no folder to keep answers in; ${fix}`);
  }
  const { openAnswersIn } = await import('./open-answers.ts');
  return { answers: openAnswersIn(folder, cacheMs, where, (fault) => log.warn(`${where}: ${fault}`)) };
}

function prewarmingOf(
  { prewarm }: ServerSettings,
  policy: Policy,
  { env }: Io,
  log: Log,
): Pick<QueriesInput, 'prewarm'> {
  if (prewarm.spares + prewarm.otherKeys === 0) return {};
  const onFault = (fault: unknown): void => log.fault('warn', 'no claude waits for queries', fault);
  return {
    async prewarm(room) {
      const { prewarm: open } = await import('../../servers/queries/prewarm.ts');
      return open({ policy, env, ...prewarm, onFault }, room);
    },
  };
}

/** The log of a server, on stderr. */
export async function openLog(
  { logLevel, logFormat }: ServerSettings,
  color: string,
  { stderr, env }: Io,
  redact: (text: string) => string,
): Promise<Log> {
  const isPretty = logFormat === 'pretty' || (logFormat === 'auto' && stderr.isTTY);
  const hasColor = colorLevel(color, env, stderr.isTTY) > 0;
  return createLog({
    level: logLevel,
    show: isPretty ? (await import('../../servers/pretty-lines.ts')).createPrettyLines(hasColor) : undefined,
    output: stderr,
    redact,
  });
}

async function openAuditOf({ audit }: ServerSettings, mask: Mask, log: Log) {
  if (audit === null) return null;
  const { openAudit } = await import('../../servers/audit/audit.ts');
  return openAudit({ ...audit, mask, onFault: (fault) => log.error(fault.message) });
}

/** Said early: each query would fail, and whoever starts a server may not see that. */
function warnOfMissingClaude(settings: Settings, io: Io, log: Log): void {
  const claude = findClaude(settings, io);
  if (claude instanceof SluiceError) log.warn(`queries will fail: ${claude.told(flagName)}`);
}

/** Where callers have to prove who they are, no single one may have all the places unless the operator says so. */
function limitsOf(server: ServerSettings) {
  const { tokensFile, jwtSecretFile, jwksUrl } = server.access;
  const areTold = [tokensFile, jwtSecretFile, jwksUrl].some((source) => source !== undefined);
  return {
    ...server,
    maxRunsPerCaller: server.maxRunsPerCaller ?? (areTold ? Math.ceil(server.maxRuns / 2) : undefined),
    maxQueuedPerCaller: areTold ? Math.ceil(server.maxQueued / 2) : undefined,
  };
}

/** Milliseconds between two lines about it, so that a client that guesses tokens cannot fill the log. */
const REFUSED_MS = 1_000;

/** Tells of something at once, and then no more often than that, with how often it happened since. */
function atMostOncePer(ms: number, tell: (what: number, times: number) => void): (what: number) => void {
  const times = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    for (const [what, count] of times) tell(what, count);
    timer = times.size === 0 ? undefined : setTimeout(flush, ms).unref();
    times.clear();
  }

  return (what) => {
    times.set(what, (times.get(what) ?? 0) + 1);
    if (timer === undefined) flush();
  };
}
