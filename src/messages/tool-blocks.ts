import type { ContentBlock } from './types.ts';

/**
 * Whether a block calls a tool: one that claude runs, or one that the API runs itself, as web search and MCP connectors
 * (Messages API, `server_tool_use` and `mcp_tool_use`).
 */
export function isToolCall({ type }: ContentBlock): boolean {
  return type === 'tool_use' || type === 'server_tool_use' || type === 'mcp_tool_use';
}

/** Whether a block is what a tool returned: `tool_result`, or `web_search_tool_result` and its like, which the API writes. */
export function isToolResult({ type }: ContentBlock): boolean {
  return type === 'tool_result' || type.endsWith('_tool_result');
}

/** Whether a tool's result is a failure. The API tells those of its own tools by the type of their content. */
export function isFailedResult({ is_error, content }: ContentBlock): boolean {
  if (is_error === true) return true;
  return (
    typeof content === 'object' && content !== null && 'type' in content && String(content.type).endsWith('_error')
  );
}
