import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What an HTTP server answered. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Visit {
  readonly method?: string;
  /** Any at all, as `fetch` would not send them: `host` too. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Asks once, over a connection of its own; the path goes out as it is written. */
export async function visit(
  { hostname, port }: URL,
  path: string,
  { method = 'GET', headers = {}, body }: Visit = {},
): Promise<Reply> {
  const asked = request({ hostname, port, path, method, agent: false });
  for (const [name, value] of Object.entries(headers)) asked.setHeader(name, value);
  asked.end(body);
  const [response] = await once(asked, 'response');
  // Whoever refuses a body need not read it.
  asked.on('error', () => {});
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
