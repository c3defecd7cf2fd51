import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SluiceError, messageOf, systemCodeOf } from '../../errors.ts';
import { Refusal } from '../refusal.ts';
import { answerRefusal } from './answer.ts';
import { within } from '../../system/bounded-wait.ts';

/** Carries out one request. What it throws is answered with 500, without a word of what it was. */
export type Handle = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/** Something that listens. */
export interface Listener {
  /** Where: `http://127.0.0.1:8001/`, with the port that was found free. */
  readonly url: URL;
  /** Takes no more connections, gives those that are open a moment, and settles when none is left. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Who asked for that port, for errors; default: `--port`. */
  readonly flag?: string;
  /** Told of what `handle` threw. */
  readonly onError?: (error: unknown) => void;
}

/** Milliseconds for the headers of a request, for all of it, and for a connection to idle, as clients are told. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const IDLE_MS = 10_000;
/** How much later it is closed: a client on a busy machine may just be about to use it. Node has 1 s of that from 22.19 on. */
const IDLE_GRACE_MS = 5_000;
/** How often connections are looked at for these. */
const LOOK_MS = 2_000;

const MAX_CONNECTIONS = 512;

/** Milliseconds that an answer in mid-air is given when the listener closes. */
const CLOSING_MS = 1_000;

/**
 * Listens for HTTP.
 * @throws SluiceError `usage` that names host, port and flag, where it can't
 */
export async function listen(handle: Handle, options: ListenOptions): Promise<Listener> {
  const { host, port, onError = () => {} } = options;
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: LOOK_MS },
    (req, res) => {
      tellHowLongItMayIdle(res);
      void carryOut(handle, req, res, onError);
    },
  );
  server.keepAliveTimeout = IDLE_MS + IDLE_GRACE_MS;
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unableToListen(error, options)));
    server.listen({ host, port }, resolve);
  });
  server.on('error', onError);
  return { url: urlOf(server, host), close: () => close(server) };
}

/** Node would tell clients when the connection is closed. */
function tellHowLongItMayIdle(res: ServerResponse): void {
  if (!res.shouldKeepAlive) return;
  res.setHeader('connection', 'keep-alive');
  res.setHeader('keep-alive', `timeout=${IDLE_MS / 1_000}`);
}

async function carryOut(
  handle: Handle,
  req: IncomingMessage,
  res: ServerResponse,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await handle(req, res);
  } catch (error) {
    const isGone = res.destroyed && systemCodeOf(error) === 'ECONNRESET';
    if (isGone) return;
    onError(error);
    if (res.headersSent) res.destroy();
    else answerRefusal(res, new Refusal('server_error', 'the server failed; its log says why'));
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  if (!(await within(closed, { ms: CLOSING_MS })).done) server.closeAllConnections();
  await closed;
}

function urlOf(server: Server, host: string): URL {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new URL(`http://${authorityOf(host, port)}/`);
}

function unableToListen(error: Error, { host, port, flag = '--port' }: ListenOptions): SluiceError {
  return new SluiceError('usage', `cannot listen on ${authorityOf(host, port)}: ${reasonOf(error, flag)}`, {
    cause: error,
  });
}

function reasonOf(error: Error, flag: string): string {
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE':
      return `something else listens there; choose another port with ${flag}, or 0 for any that is free`;
    case 'EACCES':
      return `that port is not for this user; choose one above 1023 with ${flag}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'this machine has no such address; name one of its own with --host';
    default:
      return `${messageOf(error)}; see --host and ${flag}`;
  }
}

/** Host and port as a URL has them. */
function authorityOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
