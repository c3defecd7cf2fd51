import type { Field } from '../../request/field.ts';
import { oneTable } from '../../request/one-table.ts';
import { ACCESS } from './servers/access.ts';
import { GATEWAY } from './servers/gateway.ts';
import { KEPT_RUNS } from './servers/kept-runs.ts';
import { MCP } from './servers/mcp.ts';
import { MONITORING } from './servers/monitoring.ts';
import { POLICY } from './servers/policy.ts';

/** What servers allow those who ask, and how they are served. Nothing of it is for a project's file. */
export const SERVER = oneTable(POLICY, KEPT_RUNS, MONITORING, ACCESS, MCP, GATEWAY);

const OF_MCP_OVER_HTTP: readonly string[] = [MCP.mcpHost, MCP.mcpPort, MCP.mcpLegacyGrace].map(({ name }) => name);

/** Whether an option says nothing but how HTTP is served. */
export function isForHttp({ name }: Pick<Field, 'name'>): boolean {
  return Object.hasOwn(ACCESS, name) || OF_MCP_OVER_HTTP.includes(name);
}
