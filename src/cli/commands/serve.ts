import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/options/options.ts';
import type { OpenQuestions } from '../../servers/approvals/open-questions.ts';
import type { Log } from '../../servers/log.ts';
import type { McpHttp } from '../../servers/mcp/transport/http.ts';
import { within } from '../../system/bounded-wait.ts';
import type { Io } from '../io.ts';
import type { OpenedRuns } from '../service/open-runs.ts';
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
  async function openShared(log: Log): Promise<OpenedRuns> {
    const { openSharedRuns } = await import('../service/open-shared-runs.ts');
    return openSharedRuns(settings, server, log);
  }
  const { drain, stop } = heedServerSignals(io, () => force());
  try {
    const service = await openService(
      settings,
      server,
      io,
      adminPort === 'off' ? null : adminPort,
      drain,
      read(settings, OPTION.queue) === undefined ? undefined : openShared,
    );
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

  const { listenGateway } = await import('../../servers/gateway/listen.ts');
  const listener = await listenGateway({
    queries,
    questions: await questionsOf(service),
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

/** Questions about calls of tools: of this server, or of all replicas. */
async function questionsOf({ board, log }: Service): Promise<OpenQuestions> {
  const { openQuestions } = await import('../../servers/approvals/open-questions.ts');
  if (board === undefined) return openQuestions();
  const { sharedQuestions } = await import('../../servers/approvals/shared-questions.ts');
  return sharedQuestions(openQuestions(), board, (fault) => log.fault('error', 'a question is not shared', fault));
}
