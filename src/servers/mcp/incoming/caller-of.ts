import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../../caller.ts';
import { envelopeOf } from './envelope.ts';

/** UTF-16 units of what a client calls itself. */
const MAX_NAME = 200;

/** Who makes a request: what the connection tells, with the revision and the client's name as the protocol tells them. */
export function callerOf(known: Caller, { server }: McpServer, ctx: ServerContext): Caller {
  const revision = server.getNegotiatedProtocolVersion();
  const client = envelopeOf(ctx).client ?? server.getClientVersion();
  return {
    ...known,
    protocol: revision === undefined ? known.protocol : `mcp ${revision}`,
    client: client === undefined ? known.client : `${client.name} ${client.version}`.slice(0, MAX_NAME),
  };
}
