import { request, type OutgoingHttpHeaders } from 'node:http';
import { type Handle, listen, type Listener } from '../../../../src/servers/http/listener.ts';
import { atTestEnd } from '../../../support/test-end.ts';

interface Served {
  readonly listener: Listener;
  readonly errors: readonly unknown[];
  /** Asks with GET. */
  ask(headers?: OutgoingHttpHeaders): Promise<{ readonly status: number | undefined; readonly body: string }>;
}

/** Listens on loopback until the test is over. */
export async function serve(handle: Handle): Promise<Served> {
  const errors: unknown[] = [];
  const listener = await listen(handle, { host: '127.0.0.1', port: 0, onError: (error) => errors.push(error) });
  atTestEnd(() => listener.close());
  return {
    listener,
    errors,
    ask: (headers = {}) =>
      new Promise((resolve, reject) => {
        const asked = request(listener.url, { headers }, (res) => {
          let body = '';
          res.setEncoding('utf8');
          res.on('data', (text: string) => (body += text));
          res.on('end', () => resolve({ status: res.statusCode, body }));
          res.on('error', reject);
        });
        asked.on('error', reject);
        asked.end();
      }),
  };
}
