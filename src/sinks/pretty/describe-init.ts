import type { MessageOf } from '../../messages/types.ts';
import { countOf } from './format.ts';
import type { Notice } from './notice.ts';

/** Who runs where: model, version, folder, permission mode, tools, session. */
export function describeInit(init: MessageOf<'system', 'init'>): readonly string[] {
  return [
    init.model,
    init.cwd,
    `${init.permissionMode} permissions`,
    countOf(init.tools.length, 'tool'),
    ...(init.claude_code_version === undefined ? [] : [`claude ${init.claude_code_version}`]),
    ...(init.session_id === undefined ? [] : [`session ${init.session_id}`]),
  ];
}

/** The MCP servers that the run has to do without, if any; claude goes on all the same. */
export function describeMissingServers({ mcp_servers = [] }: MessageOf<'system', 'init'>): Notice | null {
  const missing = mcp_servers.filter(
    ({ status }) => status !== 'connected' && status !== 'pending' && status !== 'disabled',
  );
  if (missing.length === 0) return null;
  return { tone: 'warning', text: missing.map(({ name, status }) => `MCP server ${name}: ${status}`).join(' · ') };
}
