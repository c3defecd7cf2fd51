import type { IncomingMessage } from 'node:http';
import { SluiceError } from '../../errors.ts';
import { Refusal } from '../refusal.ts';
import { isLoopback, LOOPBACK_HOSTS } from '../../system/loopback.ts';
import { hostInUrl, requestedHost } from './requested-host.ts';

/**
 * Lets a request go on.
 * @throws Refusal
 */
export type Guard = (req: IncomingMessage) => void;

export interface Allowed {
  /** Host names, besides those of loopback, by which the server may be asked. */
  readonly hosts: readonly string[];
  /** Hosts, besides those of loopback, whose web pages may ask; an origin with its scheme will do. */
  readonly origins: readonly string[];
}

/**
 * Keeps web pages out: one can make a browser send requests to loopback, under a name of its own that leads there, too.
 * Both are checked without their port. A request without an Origin comes from no page.
 */
export function createGuard({ hosts, origins }: Allowed): Guard {
  const allowedHosts = [...LOOPBACK_HOSTS, ...hosts.map(hostOf)];
  const allowedOrigins = [...LOOPBACK_HOSTS, ...origins.map(hostOf)];
  return (req) => {
    const host = requestedHost(req);
    if (host === null) throw new Refusal('bad_request', 'a request is for one host, named with a port or without one');
    if (!allowedHosts.includes(host)) {
      throw new Refusal('forbidden', 'no such host is served here; --allow-hosts names those that are');
    }
    const { origin } = req.headers;
    if (origin !== undefined && !isOneOf(origin, allowedOrigins)) {
      throw new Refusal('forbidden', 'pages of this origin may not ask; --allow-origins names those that may');
    }
  };
}

/**
 * Refuses to listen where others can reach it, unless they have to prove who they are and it is said by which names.
 * @throws SluiceError `usage` that names the flags
 */
export function refuseOpenDoor(host: string, isProven: boolean, { hosts }: Allowed): void {
  if (isLoopback(host)) return;
  const missing = [
    ...(isProven ? [] : ['whose tokens are accepted (--tokens-file, --jwt-secret-file or --jwks-url)']),
    ...(hosts.length > 0 ? [] : ['by which names it may be asked (--allow-hosts)']),
  ];
  if (missing.length === 0) return;
  throw new SluiceError('usage', `--host ${host} can be reached from elsewhere; say ${missing.join(' and ')}`);
}

/** A host as URLs have it: lower case, an IPv6 address in brackets. What is no host stays as it is, and matches none. */
function hostOf(name: string): string {
  if (name.endsWith('://*')) return name.toLowerCase();
  const host = /:.*:/.test(name) && !/[[/]/.test(name) ? `[${name}]` : name;
  return hostInUrl(host.includes('://') ? host : `http://${host}`) ?? name;
}

/**
 * Whether an origin is a scheme and a host, with what follows neither, and one of those: by its host, or by its scheme where
 * that alone is named, as in `vscode-webview://*`.
 */
function isOneOf(origin: string, allowed: readonly string[]): boolean {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@\\\s]+\/?$/i.test(origin) || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  const isOfPages = protocol === 'http:' || protocol === 'https:';
  return allowed.includes(hostname) || (!isOfPages && allowed.includes(`${protocol}//*`));
}
