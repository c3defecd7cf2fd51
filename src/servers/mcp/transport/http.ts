import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { drained } from '../../drained.ts';
import { admittedOf } from '../../http/door.ts';
import { sendResponse, webRequest } from '../../http/web.ts';
import { tidyBody } from '../incoming/tidy-message.ts';
import { acceptedTypes } from './accepted-types.ts';
import type { Connection } from './connection.ts';
import { type Exchange, whoOf } from './exchange.ts';
import { MCP_MAX_BODY } from './route.ts';
import { createSessions } from './sessions.ts';

/** MCP over Streamable HTTP, in either era. */
export interface McpHttp {
  /** Answers a request that came in by a door, with its body in bytes. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Ends every call and session. */
  close(): Promise<void>;
}

export interface McpHttpOptions {
  /** Makes what serves one request or, up to 2025-11-25, one session. */
  readonly factory: (connection: Connection) => McpServer;
  /** Milliseconds that a client up to 2025-11-25 with calls under way may be away. Later ones may not at all. */
  readonly graceMs: number;
  readonly maxSessions?: number;
  /** Milliseconds that a session is kept for a client that is away and has no calls under way. */
  readonly idleMs?: number;
  /** Milliseconds of silence, at most, on a stream: some clients wait a minute for the first byte, and not longer. */
  readonly keepAliveMs?: number;
  /** Told of what is wrong with requests and connections. */
  readonly onError?: (error: unknown) => void;
}

const MAX_SESSIONS = 128;
const IDLE_MS = 30 * 60_000;
const KEEP_ALIVE_MS = 10_000;
/** UTF-16 units of messages that a session remembers for a client that comes back. */
const MAX_REMEMBERED = 2 * 1024 * 1024;

/** There is nothing to be told of: the list of tools never changes. */
const MAX_SUBSCRIPTIONS = 32;

export function createMcpHttp(options: McpHttpOptions): McpHttp {
  const { factory, graceMs, onError = () => {}, keepAliveMs = KEEP_ALIVE_MS } = options;
  const exchanges = new WeakMap<Request, Exchange>();
  const modern = createMcpHandler(
    ({ requestInfo }) => {
      const exchange = requestInfo === undefined ? undefined : exchanges.get(requestInfo);
      if (exchange === undefined) throw new Error('a request that did not come over HTTP');
      const { admitted, res } = exchange;
      return factory({ transport: 'http', who: whoOf(admitted), drained: () => drained(res) });
    },
    {
      legacy: 'reject',
      responseMode: 'sse',
      keepAliveMs,
      maxRequestBodySize: MCP_MAX_BODY,
      maxSubscriptions: MAX_SUBSCRIPTIONS,
      onerror: onError,
    },
  );
  const sessions = createSessions({
    factory,
    graceMs,
    keepAliveMs,
    idleMs: options.idleMs ?? IDLE_MS,
    maxSessions: options.maxSessions ?? MAX_SESSIONS,
    maxRemembered: MAX_REMEMBERED,
    onError,
  });

  async function carryOut(exchange: Exchange): Promise<Response> {
    const { request, admitted } = exchange;
    exchanges.set(request, exchange);
    if (await isLegacyRequest(request, undefined, { maxRequestBodySize: MCP_MAX_BODY }))
      return sessions.fetch(exchange);
    return modern.fetch(request, admitted.auth === null ? {} : { authInfo: admitted.auth });
  }

  return {
    async handle(request, reply) {
      const { raw, headers, body } = request;
      const parts = {
        body: Buffer.isBuffer(body) ? tidyBody(body) : Buffer.alloc(0),
        headers: { accept: acceptedTypes(headers.accept) },
      };
      const exchange = {
        request: webRequest(raw, reply.raw, parts),
        res: reply.raw,
        admitted: admittedOf(request),
      };
      await sendResponse(await carryOut(exchange), reply);
    },
    async close() {
      await Promise.all([modern.close(), sessions.close()]);
    },
  };
}
