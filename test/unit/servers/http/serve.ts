import type { RouteHandlerMethod } from 'fastify';
import { createApp } from '../../../../src/servers/http/app.ts';
import { listen, type Listener } from '../../../../src/servers/http/listener.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { type Reply, visit, type Visit } from '../../../support/visit.ts';

interface Served {
  readonly listener: Listener;
  readonly errors: readonly unknown[];
  /** Asks with GET. */
  ask(headers?: Visit['headers']): Promise<Reply>;
}

/** Listens on loopback until the test is over, with one handler at every path. */
export async function serve(handler: RouteHandlerMethod): Promise<Served> {
  const errors: unknown[] = [];
  const app = createApp({ nothingHere: 'there is nothing here', onError: (error) => void errors.push(error) });
  app.all('/*', handler);
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  atTestEnd(() => listener.close());
  return { listener, errors, ask: (headers = {}) => visit(listener.url, '/', { headers }) };
}
