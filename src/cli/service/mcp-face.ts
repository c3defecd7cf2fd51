import type { Connection } from '../../servers/mcp/transport/connection.ts';
import { createMcpServer } from '../../servers/mcp/server.ts';
import { parkedQueries } from '../../servers/mcp/approvals/parked-queries.ts';
import type { McpService } from './open-service.ts';
import type { McpSettings } from '../settings/server-settings.ts';

/** Makes the MCP server of one client, session or request. */
export type McpFactory = (connection: Connection) => ReturnType<typeof createMcpServer>;

/** What makes MCP servers over the queries of a service. */
export function mcpFactory(settings: McpSettings, { queries, policy, log, redact }: McpService): McpFactory {
  const parked = parkedQueries(queries);
  return ({ transport, who, drained }) =>
    createMcpServer({
      ...settings,
      queries,
      parked,
      caller: { ...who, transport, protocol: 'mcp', client: null },
      policy,
      redact,
      drained,
      onFault: (fault) => log.fault('error', 'a call went wrong', fault),
    });
}
