import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import type { Access } from '../../auth/access.ts';
import { drained } from '../../drained.ts';
import { answerOtherMethod, answerRefusal } from '../../http/answer.ts';
import { letPagesRead } from '../../http/cors.ts';
import type { Guard } from '../../http/guards.ts';
import { barePathOf } from '../../http/path-of.ts';
import { readBody, sendResponse, webRequest } from '../../http/web.ts';
import { Refusal } from '../../refusal.ts';
import { tidyBody } from '../request/tidy-message.ts';
import { acceptedTypes } from './accepted-types.ts';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { createSessions } from './sessions.ts';

/** Where MCP is. */
export const MCP_PATH = '/mcp';

/** MCP over Streamable HTTP, in either era. */
export interface McpHttp {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Lets nobody in any more and ends every call and session. */
  close(): Promise<void>;
}

export interface McpHttpOptions {
  /** Makes what serves one request or, up to 2025-11-25, one session. */
  readonly factory: (connection: Connection) => McpServer;
  readonly guard: Guard;
  readonly access: Access;
  /** Milliseconds that a client up to 2025-11-25 with calls under way may be away. Later ones may not at all. */
  readonly graceMs: number;
  /** Bytes of a request's body. */
  readonly maxBody?: number;
  readonly maxSessions?: number;
  /** Milliseconds that a session is kept for a client that is away and has no calls under way. */
  readonly idleMs?: number;
  /** Milliseconds of silence, at most, on a stream: some clients wait a minute for the first byte, and not longer. */
  readonly keepAliveMs?: number;
  /** Told the status with which a request was refused before it was read: 400, 401 or 403. */
  readonly onRefused?: (status: number) => void;
  /** Told of what is wrong with requests and connections. */
  readonly onError?: (error: unknown) => void;
}

const MAX_BODY = 1024 * 1024;
const MAX_SESSIONS = 128;
const IDLE_MS = 30 * 60_000;
const KEEP_ALIVE_MS = 10_000;
/** UTF-16 units of messages that a session remembers for a client that comes back. */
const MAX_REMEMBERED = 2 * 1024 * 1024;

/** There is nothing to be told of: the list of tools never changes. */
const MAX_SUBSCRIPTIONS = 32;

const METHODS = ['POST', 'GET', 'DELETE'];

export function createMcpHttp(options: McpHttpOptions): McpHttp {
  const { factory, guard, access, graceMs, onRefused = () => {}, onError = () => {} } = options;
  const { maxBody = MAX_BODY, keepAliveMs = KEEP_ALIVE_MS } = options;
  const exchanges = new WeakMap<Request, Exchange>();
  const modern = createMcpHandler(
    ({ requestInfo }) => {
      const exchange = requestInfo === undefined ? undefined : exchanges.get(requestInfo);
      if (exchange === undefined) throw new Error('a request that did not come over HTTP');
      const { admitted, res } = exchange;
      return factory({ transport: 'http', subject: admitted.subject, drained: () => drained(res) });
    },
    {
      legacy: 'reject',
      responseMode: 'sse',
      keepAliveMs,
      maxRequestBodySize: maxBody,
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
  let isClosed = false;

  async function carryOut(exchange: Exchange): Promise<Response> {
    const { request, admitted } = exchange;
    exchanges.set(request, exchange);
    if (await isLegacyRequest(request, undefined, { maxRequestBodySize: maxBody })) return sessions.fetch(exchange);
    return modern.fetch(request, admitted.auth === null ? {} : { authInfo: admitted.auth });
  }

  return {
    async handle(req, res) {
      if (!guard(req, res)) return onRefused(res.statusCode);
      if (letPagesRead(req, res, METHODS)) return;
      const admitted = await access.admit(req, res);
      if (admitted === null) {
        // Metadata is for everybody.
        if (res.statusCode >= 400) onRefused(res.statusCode);
        return;
      }
      if (isClosed) {
        const refusal = new Refusal('unavailable', 'the server is shutting down');
        return answerRefusal(res, refusal, { headers: { connection: 'close' } });
      }
      if (barePathOf(req) !== MCP_PATH) {
        return answerRefusal(res, new Refusal('not_found', `there is nothing here; MCP is at ${MCP_PATH}`));
      }
      if (!METHODS.includes(req.method ?? '')) return answerOtherMethod(res, METHODS);
      const body = await readBody(req, maxBody);
      if (body === null) {
        const refusal = new Refusal('bad_request', `a request may have ${maxBody} bytes`);
        return answerRefusal(res, refusal, { status: 413, headers: { connection: 'close' } });
      }
      const headers = { accept: acceptedTypes(req.headers.accept) };
      const exchange = { request: webRequest(req, res, { body: tidyBody(body), headers }), res, admitted };
      await sendResponse(await carryOut(exchange), res);
    },
    async close() {
      isClosed = true;
      await Promise.all([modern.close(), sessions.close()]);
    },
  };
}
