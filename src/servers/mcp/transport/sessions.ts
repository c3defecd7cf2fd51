import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
  type McpServer,
  type RequestId,
  WebStandardStreamableHTTPServerTransport as Transport,
} from '@modelcontextprotocol/server';
import { drained } from '../../drained.ts';
import { type Calls, ID_IN_USE, trackCalls } from './calls.ts';
import type { Connection } from './connection.ts';
import { dispensable } from './dispensable.ts';
import { createEventStore, type RetiringEventStore } from './event-store.ts';
import { type Exchange, whoOf } from './exchange.ts';

/** Clients of 2025-11-25 and before, each of which opens a session and comes back to it. */
export interface Sessions {
  /** Carries out a request. */
  fetch(exchange: Exchange): Promise<Response>;
  /** Ends every session. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Makes what serves one session. */
  readonly factory: (connection: Connection) => McpServer;
  /** Sessions at once. Where there are as many, an idle one has to go. */
  readonly maxSessions: number;
  /** Milliseconds that a client with calls under way may be away, and one without any. */
  readonly graceMs: number;
  readonly idleMs: number;
  /** Milliseconds of silence, at most, on a stream. */
  readonly keepAliveMs: number;
  /** UTF-16 units of messages that a session remembers for a client that comes back. */
  readonly maxRemembered: number;
  readonly onError: (error: unknown) => void;
}

interface Session {
  readonly id: string;
  readonly subject: string;
  readonly transport: Transport;
  readonly store: RetiringEventStore;
  readonly server: McpServer;
  readonly calls: Calls;
  /** Answers that its client is reading. */
  readonly readers: Set<ServerResponse>;
  /** Ends the session; runs while no client is connected. */
  timer: NodeJS.Timeout | undefined;
  /** When its client was last there, as `performance.now` has it. */
  lastSeen: number;
}

export function createSessions(options: SessionOptions): Sessions {
  const { maxSessions, graceMs, idleMs, keepAliveMs, maxRemembered, onError } = options;
  const sessions = new Map<string, Session>();
  const readersOf = new WeakMap<Request, ServerResponse>();

  /** A new session, or null where there is no room for one more. */
  async function open({ admitted }: Exchange): Promise<Session | null> {
    const { subject } = admitted;
    if (sessions.size >= maxSessions && !(await makeRoom(subject))) return null;
    const id = randomUUID();
    const readers = new Set<ServerResponse>();
    const store = createEventStore(maxRemembered);
    const transport = new Transport({ sessionIdGenerator: () => id, eventStore: store, keepAliveMs });
    const server = options.factory({
      transport: 'http',
      who: whoOf(admitted),
      drained(ctx) {
        const own = ctx.http?.req === undefined ? undefined : readersOf.get(ctx.http.req);
        if (own !== undefined && !own.destroyed) return drained(own);
        // A client that has reconnected reads the rest on its new stream.
        const stalled = [...readers].find((reader) => reader.writableNeedDrain);
        return stalled && drained(stalled);
      },
    });
    const session: Session = {
      id,
      subject,
      transport,
      store,
      server,
      calls: trackCalls(() => watchReaders(session)),
      readers,
      timer: undefined,
      lastSeen: performance.now(),
    };
    transport.onclose = () => {
      clearTimeout(session.timer);
      sessions.delete(id);
    };
    transport.onerror = onError;
    await server.connect(transport);
    watchCalls(session);
    sessions.set(id, session);
    return session;
  }

  /** Ends an idle session, even one with an open stream; false when there is none. */
  async function makeRoom(subject: string): Promise<boolean> {
    const session = dispensable([...sessions.values()], subject);
    if (session === undefined) return false;
    await end(session);
    return true;
  }

  async function end({ id, server }: Session): Promise<void> {
    sessions.delete(id);
    await server.close().catch(onError);
  }

  /** Gives a client that is away its time. */
  function watchReaders(session: Session): void {
    clearTimeout(session.timer);
    session.lastSeen = performance.now();
    if (session.readers.size > 0 || !sessions.has(session.id)) return;
    session.timer = setTimeout(() => void end(session), session.calls.ids.size > 0 ? graceMs : idleMs).unref();
  }

  function attend(session: Session, { request, res }: Exchange): void {
    if (!res.closed) {
      readersOf.set(request, res);
      session.readers.add(res);
      res.on('close', () => {
        session.readers.delete(res);
        watchReaders(session);
      });
    }
    watchReaders(session);
  }

  async function begin(exchange: Exchange): Promise<Response> {
    const session = await open(exchange);
    if (session === null) return failure(503, -32_000, 'Too many sessions; try again later');
    attend(session, exchange);
    const response = await session.transport.handleRequest(exchange.request, authOf(exchange));
    if (!response.ok) await end(session);
    return response;
  }

  return {
    async fetch(exchange) {
      const { request, admitted } = exchange;
      const id = request.headers.get('mcp-session-id');
      if (id === null) {
        // Without a session nothing else than its beginning is carried out: this only says what is wrong.
        return (await isOpening(request))
          ? begin(exchange)
          : new Transport({ sessionIdGenerator: randomUUID }).handleRequest(request);
      }
      const session = sessions.get(id);
      if (session === undefined || session.subject !== admitted.subject) {
        return failure(404, -32_001, 'Session not found');
      }
      // It would be answered on the stream of the other one.
      if ((await idsOf(request)).some((id) => session.calls.ids.has(id))) return failure(400, -32_600, ID_IN_USE);
      attend(session, exchange);
      return session.transport.handleRequest(request, authOf(exchange));
    },
    async close() {
      await Promise.all([...sessions.values()].map(end));
    },
  };
}

/** Keeps account of the calls that a session has not answered yet. */
function watchCalls(session: Session): void {
  const { transport, calls } = session;
  const deliver = transport.onmessage;
  const send = transport.send.bind(transport);
  transport.onmessage = (message, extra) => {
    const givenUp = calls.hear(message);
    deliver?.(message, extra);
    if (givenUp !== undefined) endStream(session, givenUp);
  };
  transport.send = async (message, options) => {
    await send(message, options);
    calls.tell(message);
  };
}

/** Ends the stream of a call that is not answered any more: its reader would wait for ever, and come back for the rest. */
function endStream({ transport, store, calls }: Session, id: RequestId): void {
  const stream = streamOf(transport, id);
  const isShared = [...calls.ids].some((other) => streamOf(transport, other) === stream);
  if (stream === undefined || isShared) return;
  store.retire(stream);
  transport.closeSSEStream(id);
}

/** The SDK does not tell which stream a call is answered on. */
function streamOf(transport: Transport, id: RequestId): string | undefined {
  const streams: unknown = Reflect.get(transport, '_requestToStreamMapping');
  const stream: unknown = streams instanceof Map ? streams.get(id) : undefined;
  return typeof stream === 'string' ? stream : undefined;
}

/** Whether a request is one that a session begins with; whether it is a good one is seen later. */
async function isOpening(request: Request): Promise<boolean> {
  return (await messagesOf(request)).some(({ method }) => method === 'initialize');
}

/** The ids of the calls that a request makes. */
async function idsOf(request: Request): Promise<RequestId[]> {
  const messages = await messagesOf(request);
  const ids = messages.flatMap(({ method, id }) => (method === undefined ? [] : [id]));
  return ids.filter((id) => typeof id === 'string' || typeof id === 'number');
}

interface Message {
  readonly method?: unknown;
  readonly id?: unknown;
}

/** The messages of a request, unseen; none where it is none. */
async function messagesOf(request: Request): Promise<Message[]> {
  if (request.method !== 'POST') return [];
  try {
    const body: unknown = await request.clone().json();
    return [body]
      .flat()
      .flatMap((message: unknown) => (typeof message === 'object' && message !== null ? [message] : []));
  } catch {
    return [];
  }
}

function authOf({ admitted: { auth } }: Exchange): { authInfo?: NonNullable<typeof auth> } {
  return auth === null ? {} : { authInfo: auth };
}

function failure(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });
}
