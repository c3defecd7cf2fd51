import type { FastifyInstance } from 'fastify';
import { within } from '../../system/bounded-wait.ts';
import { bind, type BindOptions, urlOf } from './bind.ts';

/** Something that listens. */
export interface Listener {
  /** Where: `http://127.0.0.1:8001/`, with the port that was found free. */
  readonly url: URL;
  /** Takes no more connections, gives those that are open a moment, and settles when none is left. */
  close(): Promise<void>;
}

/** Milliseconds that an answer in mid-air is given when the listener closes. */
const CLOSING_MS = 1_000;

/**
 * Has an application listen, unless its server does already, and answer.
 * @throws SluiceError `usage` that names host, port and flag, where it can't
 */
export async function listen(app: FastifyInstance, options: BindOptions): Promise<Listener> {
  const { server } = app;
  await app.ready();
  // Fastify's own would also look up what its addresses are called.
  if (!server.listening) await bind(server, options);
  server.on('error', app.onFault);
  return { url: urlOf(server, options.host), close: () => close(app) };
}

async function close(app: FastifyInstance): Promise<void> {
  // Fastify closes those servers alone that it made.
  const closed = Promise.all([app.close(), new Promise((resolve) => app.server.close(resolve))]);
  app.server.closeIdleConnections();
  if (!(await within(closed, { ms: CLOSING_MS })).done) app.server.closeAllConnections();
  await closed;
}
