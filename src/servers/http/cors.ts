import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './path-of.ts';

/** Headers of answers that pages may read: what a client needs to go on, or to find out where tokens come from. */
const READABLE = 'mcp-session-id, mcp-protocol-version, www-authenticate, location, retry-after, link';

/** Seconds for which a browser need not ask again. */
const REMEMBERED = 600;

/**
 * Lets a web page read the answer, one whose origin the guard let pass. Returns whether the request is answered with that:
 * browsers ask first (a preflight, Fetch Standard 4.8), without a token.
 */
export function letPagesRead({ raw, headers, server }: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = headers;
  if (origin === undefined) return false;
  const { raw: res } = reply;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-expose-headers', READABLE);
  res.setHeader('vary', 'origin');
  if (raw.method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  const asked = raw.headersDistinct['access-control-request-headers'];
  res.setHeader('access-control-allow-methods', server.methodsAt(pathOf(raw)).join(', '));
  res.setHeader('access-control-max-age', REMEMBERED);
  if (asked !== undefined) res.setHeader('access-control-allow-headers', asked);
  void reply.code(204).send();
  return true;
}
