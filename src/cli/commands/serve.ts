import type { Settings } from '../../config/layers.ts';
import type { McpHttp } from '../../servers/mcp/transport/http.ts';
import { within } from '../../system/bounded-wait.ts';
import type { Io } from '../io.ts';
import { ADMIN_PORT, openService, type Service } from '../service/open-service.ts';
import { heedServerSignals } from '../service/server-signals.ts';
import { seeOut } from '../output/see-out.ts';
import { accessNames } from '../settings/access-names.ts';
import { resolveServer, type ServerSettings } from '../settings/server-settings.ts';

/**
 * Serves runs over HTTP until a signal comes: then no more are let in, and those that go on have their time. A second
 * signal stops them, a third one hurries. Returns the exit code.
 */
export async function serveCommand(settings: Settings, io: Io): Promise<number> {
  const server = resolveServer(settings);
  const { adminPort = ADMIN_PORT } = server;
  let force = (): void => {};
  const { drain, stop } = heedServerSignals(io, () => force());
  try {
    const service = await openService(settings, server, io, adminPort === 'off' ? null : adminPort, drain);
    const { queries, log } = service;
    force = () => void queries.close();
    try {
      const gateway = await open(server, settings, service, drain);
      // Opened last, so that /healthz does not answer for a server that could not start.
      await service.openAdmin();
      await within(new Promise(() => {}), { signal: drain });
      log.info('told to end');
      await within(service.idle(), { ms: server.gateway.drainTimeoutMs, signal: stop.signal });
      stop.abort();
      await queries.close();
      await gateway.close();
    } finally {
      await service.close();
    }
  } finally {
    await seeOut(io);
  }
  return 0;
}

async function open(
  { gateway, mcp, access, allowedHosts, allowedOrigins }: ServerSettings,
  settings: Settings,
  service: Service,
  drain: AbortSignal,
) {
  const { log, login, queries, refusedRequests } = service;

  async function openMcp(): Promise<McpHttp> {
    const [{ createMcpHttp }, { mcpFactory }] = await Promise.all([
      import('../../servers/mcp/transport/http.ts'),
      import('../service/mcp-face.ts'),
    ]);
    return createMcpHttp({
      factory: mcpFactory(mcp, service),
      graceMs: mcp.legacyGraceMs,
      onError: (error) => log.fault('debug', 'a request was rejected', error),
    });
  }

  const [{ listenGateway }, { openQuestions }] = await Promise.all([
    import('../../servers/gateway/listen.ts'),
    import('../../servers/approvals/open-questions.ts'),
  ]);
  const listener = await listenGateway({
    queries,
    questions: openQuestions(),
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
