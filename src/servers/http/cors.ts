import type { IncomingMessage, ServerResponse } from 'node:http';
import { SAFE_HEADERS } from './answer.ts';

/** Headers of answers that pages may read: what a client needs to go on, or to find out where tokens come from. */
const READABLE = 'mcp-session-id, mcp-protocol-version, www-authenticate';

/** Seconds for which a browser need not ask again. */
const REMEMBERED = 600;

/**
 * Lets a web page read the answer, one whose origin the guard let pass. Returns whether the request is answered with that:
 * browsers ask first (a preflight, Fetch Standard 4.8), without a token.
 */
export function letPagesRead(req: IncomingMessage, res: ServerResponse, methods: readonly string[]): boolean {
  const { origin } = req.headers;
  if (origin === undefined) return false;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-expose-headers', READABLE);
  res.setHeader('vary', 'origin');
  if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return false;
  const asked = req.headersDistinct['access-control-request-headers'];
  res.setHeader('access-control-allow-methods', methods.join(', '));
  res.setHeader('access-control-max-age', REMEMBERED);
  if (asked !== undefined) res.setHeader('access-control-allow-headers', asked);
  res.writeHead(204, SAFE_HEADERS);
  res.end();
  return true;
}
