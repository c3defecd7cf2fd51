import type { IncomingMessage, ServerResponse } from 'node:http';
import { localhostAllowedHostnames, localhostAllowedOrigins, validateOriginHeader } from '@modelcontextprotocol/server';
import { SluiceError } from '../../errors.ts';
import { Refusal } from '../refusal.ts';
import { answerRefusal } from './answer.ts';
import { isLoopback } from './loopback.ts';
import { hostInUrl, requestedHost } from './requested-host.ts';

/** Whether a request may go on; if not, it has been answered. */
export type Guard = (req: IncomingMessage, res: ServerResponse) => boolean;

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
  const allowedHosts = [...localhostAllowedHostnames(), ...hosts.map(hostOf)];
  const allowedOrigins = [...localhostAllowedOrigins(), ...origins.map(hostOf)];
  return (req, res) => {
    const host = requestedHost(req);
    if (host === null) {
      answerRefusal(res, new Refusal('bad_request', 'a request is for one host, named with a port or without one'));
      return false;
    }
    if (!allowedHosts.includes(host)) {
      answerRefusal(res, new Refusal('forbidden', 'no such host is served here; --allow-hosts names those that are'));
      return false;
    }
    if (!isOrigin(req.headers.origin) || !validateOriginHeader(req.headers.origin, allowedOrigins).ok) {
      answerRefusal(
        res,
        new Refusal('forbidden', 'pages of this origin may not ask; --allow-origins names those that may'),
      );
      return false;
    }
    return true;
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

/** Whether there is no origin, or one that is a scheme and a host: what follows would be read as a part of either. */
function isOrigin(origin: string | undefined): boolean {
  return origin === undefined || /^[a-z][a-z\d+.-]*:\/\/[^/?#@\\\s]+\/?$/i.test(origin);
}
