import type { FieldTable } from '../../../request/field.ts';
import { duration } from '../../../request/kinds/durations.ts';
import { sizeFrom } from '../../../request/kinds/sizes.ts';
import { boolean, choice, name } from '../../../request/kinds/texts.ts';
import { SERVERS } from './commands.ts';
import { port } from './kinds.ts';

const group = 'MCP';
const commands = ['mcp'];

/** Below that, a result has no room for what is to be known of every run. */
const LEAST_RESULT = 4_000;

const transport = choice(['stdio', 'streamable-http']);

/** How MCP is served. */
export const MCP = {
  mcpEnabled: {
    name: 'mcpEnabled',
    flags: '--enabled <BOOLEAN>',
    group,
    commands: SERVERS,
    help: 'whether the tools are offered at all',
    kind: boolean,
    default: true,
  },
  mcpTransport: {
    name: 'mcpTransport',
    flags: '--transport <NAME>',
    group,
    commands,
    help: 'stdio or streamable-http',
    kind: transport,
    environment: { name: 'MCP_TRANSPORT', parse: transport.parse },
    default: 'stdio',
  },
  mcpHost: {
    name: 'mcpHost',
    flags: '--host <ADDRESS>',
    group,
    commands,
    help: 'the address to listen on',
    kind: name,
    environment: { name: 'MCP_HOST', parse: name.parse },
    default: '127.0.0.1',
  },
  mcpPort: {
    name: 'mcpPort',
    flags: '--port <PORT>',
    group,
    commands,
    help: 'the port to listen on; 0 for any that is free',
    kind: port,
    environment: { name: 'MCP_PORT', parse: port.parse },
    default: 8001,
  },
  mcpMaxResult: {
    name: 'mcpMaxResult',
    flags: '--max-result <SIZE>',
    group,
    commands: SERVERS,
    help: 'most characters of a result; 4000 or more, the rest can be paged',
    kind: sizeFrom(LEAST_RESULT),
    default: 45_000,
  },
  mcpMessageNotifications: {
    name: 'mcpMessageNotifications',
    flags: '--message-notifications',
    group,
    commands: SERVERS,
    help: 'send each message as a notification of its own too, claude-code/messages',
    kind: boolean,
  },
  mcpLegacyGrace: {
    name: 'mcpLegacyGrace',
    flags: '--legacy-grace <DURATION>',
    group,
    commands: SERVERS,
    help: 'how long a client of 2025-11-25 or before may be away before its queries are stopped',
    kind: duration,
    default: 30_000,
  },
} as const satisfies FieldTable;
