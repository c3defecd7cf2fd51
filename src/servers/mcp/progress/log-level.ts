import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { envelopeOf, LOG_LEVELS, type McpLogLevel } from '../incoming/envelope.ts';

/** The least severe level that the client of a request wants to be told; undefined when it asked for none. */
export type LogLevelOf = (ctx: ServerContext) => McpLogLevel | undefined;

/**
 * Follows what a client asks for: with each request since 2026-07-28, with `logging/setLevel` before. The SDK's own
 * `log` also tells a client of 2025 that never asked.
 */
export function followLogLevel({ server }: McpServer): LogLevelOf {
  let asked: McpLogLevel | undefined;
  server.setRequestHandler('logging/setLevel', ({ params }) => {
    asked = params.level;
    return {};
  });
  return (ctx) => envelopeOf(ctx).logLevel ?? asked;
}

/** Whether something of a level is told to who asked for `asked`. */
export function isTold(level: McpLogLevel, asked: McpLogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(asked);
}
