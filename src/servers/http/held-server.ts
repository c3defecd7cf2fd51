import { createServer, type RequestListener, type Server } from 'node:http';

/** A server that may listen before there is anybody to answer: what it is asked until then waits, unread. */
export interface HeldServer {
  readonly server: Server;
  /** Has requests answered from now on, those first that wait. */
  answer(listener: RequestListener): void;
  /** Listens no more; whoever still waits is not answered. */
  close(): void;
}

/** Milliseconds for the headers of a request, for all of it, and for a connection to idle, as clients are told. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
export const IDLE_MS = 10_000;
/** How much later it is closed: a client on a busy machine may just be about to use it. Node has 1 s of that from 22.19 on. */
const IDLE_GRACE_MS = 5_000;
/** How often connections are looked at for these. */
const LOOK_MS = 2_000;

const MAX_CONNECTIONS = 512;

/** A server of HTTP/1.1 whose connections are closed where they are slow, idle or too many. */
export function createHeldServer(): HeldServer {
  const waiting: Parameters<RequestListener>[] = [];
  const hold: RequestListener = (...exchange) => void waiting.push(exchange);
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS + IDLE_GRACE_MS,
      connectionsCheckingInterval: LOOK_MS,
    },
    hold,
  );
  server.maxConnections = MAX_CONNECTIONS;
  // That a connection can't be accepted ends no server; once it answers, somebody is told.
  server.on('error', () => {});
  return {
    server,
    answer(listener) {
      server.off('request', hold);
      server.on('request', listener);
      for (const exchange of waiting.splice(0)) listener(...exchange);
    },
    close() {
      server.close();
      for (const [request] of waiting.splice(0)) request.destroy();
    },
  };
}
