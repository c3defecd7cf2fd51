import type { Server } from 'node:http';
import { SluiceError, messageOf, systemCodeOf } from '../../errors.ts';

export interface BindOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Who asked for that port, for errors; default: `--port`. */
  readonly flag?: string;
}

/**
 * Has a server listen.
 * @throws SluiceError `usage` that names host, port and flag, where it can't
 */
export async function bind(server: Server, options: BindOptions): Promise<void> {
  const { host, port } = options;
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => reject(unableToListen(error, options));
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

/** Where a server listens. @param host the one that it was bound to */
export function urlOf(server: Server, host: string): URL {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new URL(`http://${authorityOf(host, port)}/`);
}

function unableToListen(error: Error, { host, port, flag = '--port' }: BindOptions): SluiceError {
  return new SluiceError('usage', `cannot listen on ${authorityOf(host, port)}: ${reasonOf(error, flag)}`, {
    cause: error,
  });
}

function reasonOf(error: Error, flag: string): string {
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE':
      return `something else listens there; choose another port with ${flag}, or 0 for any that is free`;
    case 'EACCES':
      return `that port is not for this user; choose one above 1023 with ${flag}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'this machine has no such address; name one of its own with --host';
    default:
      return `${messageOf(error)}; see --host and ${flag}`;
  }
}

/** Host and port as a URL has them. */
function authorityOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
