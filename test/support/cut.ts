import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { atTestEnd } from './test-end.ts';

/** A wire to a server that can be cut. */
export interface Wire {
  /** The server's URL, by way of the wire. */
  readonly url: URL;
  /** Breaks every connection there is; new ones can be made. */
  cut(): void;
}

/** Lays a wire to a server on loopback, which goes away with the test. */
export async function layWire(to: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atTestEnd(() => {
    server.close();
    cut();
  });
  const address = server.address();
  const url = new URL(to);
  url.port = typeof address === 'object' && address !== null ? String(address.port) : '';
  return { url, cut };
}
