import type { IncomingMessage } from 'node:http';

/**
 * The host that a request is for, without its port, as URLs have it: lower case, an address in its shortest form, an IPv6
 * one in brackets. Null where the `Host` header is missing, is there twice, or is anything else than a host and a port
 * (RFC 9110, 7.2): user info, a path or a fragment would lead a parser of URLs past the name that was meant.
 */
export function requestedHost({ headersDistinct }: IncomingMessage): string | null {
  const [host = '', ...others] = headersDistinct['host'] ?? [];
  return others.length === 0 && HOST.test(host) ? hostInUrl(`http://${host}`) : null;
}

/** The host of a URL, without the dot that a name may end with; null for what is no URL. */
export function hostInUrl(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : null;
}

const HOST = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?$/i;
