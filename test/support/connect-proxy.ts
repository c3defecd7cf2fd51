import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { atTestEnd } from './test-end.ts';

/** A proxy that tunnels, and keeps what it was asked for. */
export interface ConnectProxy {
  readonly port: number;
  /** A line each: the host and the port, then what proved who asks, if anything did. */
  readonly asked: readonly string[];
}

/** What becomes of a request for a tunnel: the port on loopback that it leads to, or the status that refuses it. */
export type Tunnelling = { readonly to: number } | { readonly refuse: number };

/** Starts a proxy that leads every host to the same place. */
export async function startProxy(tunnelling: Tunnelling): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer().on('connect', ({ url, headers }, client: Socket) => {
    asked.push([url, headers['proxy-authorization']].filter((part) => part !== undefined).join(' '));
    sockets.add(client);
    client.on('error', () => {});
    if ('refuse' in tunnelling) {
      client.end(`HTTP/1.1 ${tunnelling.refuse} No\r\n\r\n`);
      return;
    }
    const there = connect(tunnelling.to, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    sockets.add(there);
    there.on('error', () => client.destroy());
    client.pipe(there).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTestEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}
