import type { Writable } from 'node:stream';
import { read, type Settings } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { isForHttp } from '../../config/command-options/servers.ts';
import type { Log } from '../../servers/log.ts';
import { serveMcpStdio } from '../../servers/mcp/transport/stdio.ts';
import { accessNames } from '../settings/access-names.ts';
import type { Io } from '../io.ts';
import type { openRemoteService } from '../service/open-remote-service.ts';
import { type McpFactory, mcpFactory } from '../service/mcp-face.ts';
import { ADMIN_PORT, type McpService, openService } from '../service/open-service.ts';
import { seeOut } from '../output/see-out.ts';
import { resolveServer, type ServerSettings } from '../settings/server-settings.ts';
import { streamOf } from '../output/stream-of.ts';
import { within } from '../../system/bounded-wait.ts';

/**
 * Serves runs as MCP tools until the client is gone or a signal comes; a second one hurries. Returns the exit code.
 * @throws what kept a client on stdio from being answered
 */
export async function mcpCommand(settings: Settings, io: Io): Promise<number> {
  const server = resolveServer(settings);
  const { adminPort = server.mcp.transport === 'stdio' ? 'off' : ADMIN_PORT } = server;
  const stop = new AbortController();
  let force = (): void => {};
  io.onSignal((signal) => {
    if (stop.signal.aborted) force();
    else stop.abort(signal);
  });
  try {
    const gateway = read(settings, OPTION.gateway);
    const service =
      gateway === undefined
        ? await openService(settings, server, io, adminPort === 'off' ? null : adminPort, stop.signal)
        : await openRemotely(settings, server, io, gateway, stop.signal);
    const { queries, log } = service;
    force = () => void queries.close();
    try {
      const face = await open(server, settings, io, service, mcpFactory(server.mcp, service));
      // Opened last, so that /healthz does not answer for a server that could not start.
      await service.openAdmin();
      await within(face.gone, { signal: stop.signal });
      log.info(stop.signal.aborted ? 'told to end' : 'the client is gone');
      // Clients that close stdin lose patience soon: a signal is not the first word any more.
      stop.abort();
      await queries.close();
      await face.close();
      if (face.output?.errored) throw face.output.errored;
    } finally {
      await service.close();
    }
  } finally {
    await seeOut(io);
  }
  return 0;
}

async function openRemotely(...given: Parameters<typeof openRemoteService>): Promise<McpService> {
  return (await import('../service/open-remote-service.ts')).openRemoteService(...given);
}

/** What clients talk to. */
interface Face {
  /** Settles when no client can connect any more. */
  readonly gone: Promise<void>;
  /** Where the one client reads; absent where many connect. */
  readonly output?: Writable;
  close(): Promise<void>;
}

async function open(
  server: ServerSettings,
  settings: Settings,
  io: Io,
  service: McpService,
  factory: McpFactory,
): Promise<Face> {
  if (server.mcp.transport === 'streamable-http') return openHttp(server, settings, service, factory);
  warnOfIdleFlags(settings, service.log);
  return openStdio(io, service.log, factory);
}

/** Who says how HTTP is to be served means it to be. */
function warnOfIdleFlags(settings: Settings, log: Log): void {
  for (const { option, from } of settings.values()) {
    if (isForHttp(option) && from !== 'default') log.warn(`${whereOf(option, from)} is for --http; this serves stdio`);
  }
}

function openStdio(io: Io, log: Log, factory: McpFactory): Face {
  log.info('MCP is served', { face: 'mcp', transport: 'stdio' });
  if (io.stdinIsTerminal)
    log.warn('stdin is a terminal, where an MCP client is to be; with --http clients can connect');
  const output = streamOf(io.stdout);
  const served = serveMcpStdio({
    input: io.anyStdin(),
    output,
    factory,
    onError: (error) => log.fault('debug', 'the client', error),
  });
  return { ...served, output };
}

async function openHttp(
  { mcp, access, allowedHosts, allowedOrigins }: ServerSettings,
  settings: Settings,
  { log, refusedRequests }: McpService,
  factory: McpFactory,
): Promise<Face> {
  const { listenMcp } = await import('../../servers/mcp/transport/listen.ts');
  const { url, close } = await listenMcp({
    factory,
    host: mcp.host,
    port: mcp.port,
    allowed: { hosts: allowedHosts, origins: allowedOrigins },
    access: { ...access, where: accessNames(settings), onProblem: (problem) => log.warn(problem) },
    graceMs: mcp.legacyGraceMs,
    onRefused: refusedRequests,
    onRejected: (error) => log.fault('debug', 'a request was rejected', error),
    onFault: (error) => log.fault('error', 'a request went wrong', error),
  });
  log.info('MCP is served', { face: 'mcp', transport: 'http', url: url.href });
  return { gone: new Promise(() => {}), close };
}
