import type { FastifyInstance } from 'fastify';
import { SluiceError, messageOf, systemCodeOf } from '../../errors.ts';
import { within } from '../../system/bounded-wait.ts';

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
}

/** Milliseconds that an answer in mid-air is given when the listener closes. */
const CLOSING_MS = 1_000;

/**
 * Has an application listen.
 * @throws SluiceError `usage` that names host, port and flag, where it can't
 */
export async function listen(app: FastifyInstance, options: ListenOptions): Promise<Listener> {
  const { host, port } = options;
  const { server } = app;
  await app.ready();
  // Fastify's own would also look up what its addresses are called.
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unableToListen(error, options)));
    server.listen({ host, port }, resolve);
  });
  server.on('error', app.onFault);
  return { url: urlOf(app, host), close: () => close(app) };
}

async function close(app: FastifyInstance): Promise<void> {
  const closed = app.close();
  app.server.closeIdleConnections();
  if (!(await within(closed, { ms: CLOSING_MS })).done) app.server.closeAllConnections();
  await closed;
}

function urlOf({ server }: FastifyInstance, host: string): URL {
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
