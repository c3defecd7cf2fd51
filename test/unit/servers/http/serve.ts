import { type Handle, listen, type Listener } from '../../../../src/servers/http/listener.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { type Reply, visit, type Visit } from '../../../support/visit.ts';

interface Served {
  readonly listener: Listener;
  readonly errors: readonly unknown[];
  /** Asks with GET. */
  ask(headers?: Visit['headers']): Promise<Reply>;
}

/** Listens on loopback until the test is over. */
export async function serve(handle: Handle): Promise<Served> {
  const errors: unknown[] = [];
  const listener = await listen(handle, { host: '127.0.0.1', port: 0, onError: (error) => errors.push(error) });
  atTestEnd(() => listener.close());
  return { listener, errors, ask: (headers = {}) => visit(listener.url, '/', { headers }) };
}
