import type { Settings } from '../../config/layers.ts';
import { read } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { remoteQueries } from '../../remote/remote-queries.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import type { Io } from '../io.ts';
import { isAskedFor } from '../settings/is-asked-for.ts';
import { redactorFrom } from '../settings/redaction-of.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import { whereSet } from '../settings/where-set.ts';
import { openGateway } from './open-gateway.ts';
import { openLog, type McpService } from './open-service.ts';

/** What of serving still makes sense where a gateway does what is asked. */
const HERE: ReadonlySet<string> = new Set([
  'serverLogLevel',
  'serverLogFormat',
  'mcpEnabled',
  'mcpTransport',
  'mcpMaxResult',
  'mcpMessageNotifications',
]);

/**
 * Opens what an MCP server needs whose queries a gateway carries out.
 * @throws SluiceError `usage`, also for what its operator has to say
 */
export async function openRemoteService(
  settings: Settings,
  server: ServerSettings,
  io: Io,
  address: string,
  stop: AbortSignal,
): Promise<McpService> {
  refuseOperators(settings, server);
  const redactor = await redactorFrom(settings, io, stop);
  const redact = (text: string): string => redactor.redact(text).text;
  const log = await openLog(server, read(settings, OPTION.color), io, redact);
  const gateway = await openGateway(settings, address, io.env, (text) => log.warn(text));
  return {
    policy: null,
    queries: remoteQueries(gateway, io.env),
    log,
    redact,
    openAdmin: async () => {},
    refusedRequests() {},
    close: gateway.close,
  };
}

/** Over HTTP a gateway serves MCP itself, to each by its own name. What queries may do is for its operator to say. */
function refuseOperators(settings: Settings, { mcp }: ServerSettings): void {
  const reject = (what: string, why: string): never => {
    throw new SluiceError('usage', `${what}: not with ${whereSet(settings, 'gateway')}: ${why}`);
  };
  if (mcp.transport !== 'stdio')
    reject(whereSet(settings, 'mcpTransport'), 'it serves MCP over HTTP itself, at /mcp; connect clients to that');
  for (const setting of settings.values()) {
    const { option } = setting;
    const isOperators =
      option.commands?.includes('mcp') === true ||
      (option.heededBy?.includes('replay') !== true && ALL_RUN_OPTIONS.some(({ name }) => name === option.name));
    if (isOperators && !HERE.has(option.name) && isAskedFor(setting))
      reject(whereOf(option, setting.from), 'what queries may do is for its operator to say; leave it out');
  }
}
