import { isIP } from 'node:net';

/** What a connection needs to be told. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: { readonly servername?: string };
}

/** Where a Redis is. */
export interface Address {
  /** How it is connected to. */
  readonly endpoint: Endpoint;
  /** For messages: without a password. */
  readonly shown: string;
  /** Whether others can read what is sent, for it leaves this machine unencrypted. */
  readonly isOpenToOthers: boolean;
  readonly password: string | null;
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Redis's own port. */
const PORT = 6379;

/**
 * Reads an address of Redis or Valkey: `redis://`, or `rediss://` for TLS, then a user and a password where there are ones, a
 * host, a port, and the number of a database. Null for what is none.
 */
export function addressOf(text: string): Address | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '') return null;
  const { protocol, hostname, port, pathname, search, hash } = url;
  const [, database] = /^\/?(\d{0,5})$/.exec(pathname) ?? [];
  const [username, password] = [url.username, url.password].map(decoded);
  if (database === undefined || search !== '' || hash !== '' || username === undefined || password === undefined)
    return null;
  const isEncrypted = protocol === 'rediss:';
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return {
    endpoint: {
      host,
      port: port === '' ? PORT : Number(port),
      db: Number(database),
      ...(username === '' ? {} : { username }),
      ...(password === '' ? {} : { password }),
      // The name of a server is never an address (RFC 6066).
      ...(isEncrypted ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    },
    shown: `${protocol}//${hostname}:${port === '' ? PORT : port}${database === '' ? '' : `/${database}`}`,
    isOpenToOthers: !isEncrypted && !LOOPBACK.test(hostname),
    password: password === '' ? null : password,
  };
}

/** Undefined for what nobody encoded so. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
