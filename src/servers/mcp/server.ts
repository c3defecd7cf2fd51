import { McpServer } from '@modelcontextprotocol/server';
import { VERSION } from '../../version.ts';
import type { McpFace } from './face.ts';
import { followLogLevel } from './progress/log-level.ts';
import { offerMessages } from './tools/messages-tool.ts';
import { MESSAGES_TOOL, QUERY_TOOL } from './tools/names.ts';
import { offerQuery } from './tools/query-tool.ts';

/** An MCP server that is yet to be connected, for one connection or one request, in either era of the protocol. */
export function createMcpServer(face: McpFace): McpServer {
  const server = new McpServer(
    { name: 'sluice', title: 'sluice', version: VERSION },
    {
      // Declared here, so that a server without tools answers as one whose tools are unknown.
      capabilities: { tools: { listChanged: false }, logging: {} },
      instructions: face.enabled ? INSTRUCTIONS : 'The operator of this server has turned its tools off.',
    },
  );
  const logLevel = followLogLevel(server);
  if (face.enabled) {
    offerQuery(server, face, logLevel);
    offerMessages(server, face);
  }
  return server;
}

const INSTRUCTIONS = [
  'sluice runs Claude Code, a coding agent, on tasks in folders of the machine that this server is on.',
  `Call ${QUERY_TOOL} with a self-contained prompt; it takes from seconds to minutes and tells its progress meanwhile.`,
  'The answer is in result.summary; pass the sessionId of the result to go on with the same session.',
  `${MESSAGES_TOOL} reads the messages of a finished run that its result had no room for.`,
].join(' ');
