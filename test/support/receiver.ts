import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atTestEnd } from './test-end.ts';

/** What was posted to a receiver. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Something that is posted to, on loopback. */
export interface Receiver {
  readonly port: number;
  readonly received: readonly Received[];
}

/** @param answer answers what was received, or does not */
export async function startReceiver(
  answer: (response: ServerResponse, posted: Received, all: readonly Received[]) => void,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const posted = { path: request.url ?? '', headers: request.headers, body };
      received.push(posted);
      answer(response, posted, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTestEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, received };
}
