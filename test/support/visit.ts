import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What an HTTP server answered. */
export interface Reply {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface Visit {
  readonly method?: string;
  /** Any at all, as `fetch` would not send them: `host` too. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks once, over a connection of its own; the path goes out as it is written. */
export function visit({ hostname, port }: URL, path: string, { method = 'GET', headers }: Visit = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers: { ...headers }, agent: false });
    asked.on('error', reject);
    asked.on('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, headers: response.headers, body }), reject);
    });
    asked.end();
  });
}
