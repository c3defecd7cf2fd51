import type { Home } from './folder.ts';
import { type LogLine, startServer } from './mcp.ts';
import type { ServerInvocation } from './mcp.ts';

/** `sluice serve`, running. */
export interface GatewayServer {
  readonly home: Home;
  readonly url: URL;
  readonly adminUrl: URL;
  log(): LogLine[];
  /** Settles when a line of the log has these fields; rejects when the server ends without. */
  logs(fields: LogLine): Promise<LogLine>;
  kill(signal: NodeJS.Signals): void;
  readonly finished: ReturnType<typeof startServer>['finished'];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(body: unknown, headers?: Readonly<Record<string, string>>, path?: string): Promise<Response>;
}

/** Starts the built `sluice serve` on ports that are free; it is ended with the test, and may leave nothing behind. */
export async function startGateway(
  args: readonly string[] = [],
  invocation: ServerInvocation = {},
): Promise<GatewayServer> {
  const server = startServer(['serve', '--port', '0', '--admin-port', '0', ...args], invocation);
  const [url, adminUrl] = [await server.urlOf('gateway'), await server.urlOf('admin')];
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(new URL(path, url), init);
  return {
    ...server,
    url,
    adminUrl,
    fetch: ask,
    post: (body, headers = {}, path = '/v1/queries') =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}
