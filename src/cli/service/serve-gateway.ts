import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { OpenApprovals } from '../../servers/approvals/open-approvals.ts';
import type { HeldServer } from '../../servers/http/held-server.ts';
import type { Log } from '../../servers/log.ts';
import type { McpHttp } from '../../servers/mcp/transport/http.ts';
import { within } from '../../system/bounded-wait.ts';
import type { Io } from '../io.ts';
import { accessNames } from '../settings/access-names.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import type { OpenedRuns } from './open-runs.ts';
import { ADMIN_PORT, openService, type Service } from './open-service.ts';
import type { ServerSignals } from './server-signals.ts';

/**
 * Serves the gateway until it is to drain, and its runs have had their time.
 * @param held the server whose requests it answers; it may listen already
 * @param onForce told how to stop all runs at once
 */
export async function serveGateway(
  settings: Settings,
  server: ServerSettings,
  io: Io,
  held: HeldServer,
  { drain, stop }: ServerSignals,
  onForce: (stopRuns: () => void) => void,
): Promise<void> {
  const { adminPort = ADMIN_PORT } = server;
  async function openShared(log: Log): Promise<OpenedRuns> {
    const { openSharedRuns } = await import('./open-shared-runs.ts');
    return openSharedRuns(settings, server, log);
  }
  const service = await openService(
    settings,
    server,
    io,
    adminPort === 'off' ? null : adminPort,
    drain,
    read(settings, OPTION.queue) === undefined ? undefined : openShared,
  );
  const { queries, log } = service;
  onForce(() => void queries.close());
  try {
    const gateway = await open(server, settings, service, held, drain);
    // Opened last, so that /healthz does not answer for a server that could not start.
    await service.openAdmin();
    await within(new Promise(() => {}), { signal: drain });
    log.info('told to end');
    await within(service.idle(), { ms: server.gateway.drainTimeoutMs, signal: stop.signal });
    stop.abort();
    await service.stop();
    await gateway.close();
  } finally {
    await service.close();
  }
}

async function open(
  { gateway, mcp, access, allowedHosts, allowedOrigins }: ServerSettings,
  settings: Settings,
  service: Service,
  held: HeldServer,
  drain: AbortSignal,
) {
  const { log, login, queries, refusedRequests } = service;

  async function openMcp(): Promise<McpHttp> {
    const [{ createMcpHttp }, { mcpFactory }] = await Promise.all([
      import('../../servers/mcp/transport/http.ts'),
      import('./mcp-face.ts'),
    ]);
    return createMcpHttp({
      factory: mcpFactory(mcp, service),
      graceMs: mcp.legacyGraceMs,
      onError: (error) => log.fault('debug', 'a request was rejected', error),
    });
  }

  const { listenGateway } = await import('../../servers/gateway/listen.ts');
  const listener = await listenGateway({
    queries,
    approvals: await approvalsOf(service),
    held,
    host: gateway.host,
    port: gateway.port,
    maxBody: gateway.maxBody,
    allowed: { hosts: allowedHosts, origins: allowedOrigins },
    access: { ...access, where: accessNames(settings), onProblem: (problem) => log.warn(problem) },
    isClosing: () => drain.aborted,
    login,
    openMcp: mcp.enabled ? openMcp : null,
    page: gateway.ui ? async () => (await import('../../page/built-page.ts')).BUILT_PAGE : null,
    onRefused: refusedRequests,
    onFault: (error) => log.fault('error', 'a request went wrong', error),
  });
  log.info('the gateway is served', {
    face: 'gateway',
    url: listener.url.href,
    ...(gateway.ui ? { page: new URL('ui', listener.url).href } : {}),
  });
  return listener;
}

/** Calls of tools that wait for an approval: of this server, or of all replicas. */
async function approvalsOf({ board, log }: Service): Promise<OpenApprovals> {
  const { openApprovals } = await import('../../servers/approvals/open-approvals.ts');
  if (board === undefined) return openApprovals();
  const { sharedApprovals } = await import('../../servers/approvals/shared-approvals.ts');
  return sharedApprovals(openApprovals(), board, (fault) => log.fault('error', 'an approval is not shared', fault));
}
