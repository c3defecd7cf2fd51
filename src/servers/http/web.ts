import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { drained } from '../drained.ts';
import { takeOver } from './take-over.ts';

/** Methods that web standards know no body for: one that comes all the same means nothing (RFC 9110). */
const BODILESS = ['GET', 'HEAD'];

/** What a request is made of besides its head as it came. */
export interface RequestParts {
  readonly body: Buffer;
  /** In place of headers of the same names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as web standards have it. Its signal comes when the client is gone before it has the whole answer. */
export function webRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { body, headers: instead }: RequestParts,
): Request {
  const { method = 'GET', url = '/' } = req;
  const gone = new AbortController();
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...req.headers, ...instead })) {
    for (const item of [value ?? []].flat()) headers.append(name, item);
  }
  const request = new Request(`http://${req.headers.host ?? 'localhost'}${url}`, {
    method,
    headers,
    signal: gone.signal,
    ...(body.length === 0 || BODILESS.includes(method) ? {} : { body: new Uint8Array(body) }),
  });
  const leave = (): void => {
    // Nobody else may hold the request by now, whose signal goes with it.
    if (!res.writableFinished && !request.signal.aborted) gone.abort();
  };
  if (res.closed) leave();
  else res.on('close', leave);
  return request;
}

/**
 * Sends an answer as web standards have it, at the pace of its reader. Whoever makes its body learns at once when the reader
 * is gone.
 */
export async function sendResponse(response: Response, reply: FastifyReply): Promise<void> {
  await takeOver(reply, async (res) => {
    if (res.destroyed) {
      await response.body?.cancel();
      return;
    }
    res.writeHead(response.status, Object.fromEntries(response.headers));
    const reader = response.body?.getReader();
    if (reader === undefined) {
      res.end();
      return;
    }
    res.flushHeaders();
    const leave = (): void => void reader.cancel().catch(() => {});
    res.on('close', leave);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!res.write(value)) await drained(res);
    }
    res.off('close', leave);
    res.end();
  });
}
