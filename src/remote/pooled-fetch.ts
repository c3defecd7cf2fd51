import { setImmediate as turn } from 'node:timers/promises';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Reply } from '../client/client.ts';
import type { Proxy } from './proxy-for.ts';
import type { createTunnels } from './tunnels.ts';

/** How long a gateway may take, in milliseconds. */
export interface Patience {
  /** Until there is a connection. */
  readonly connectMs: number;
  /** From a request to the first word of its answer. */
  readonly headersMs: number;
  /** Between two pieces of an answer; a gateway that streams says something every ten seconds. */
  readonly bodyMs: number;
}

/** What asks one server, over connections that are used again. */
export interface PooledFetch {
  /** Follows no redirect. Throws what undici throws: `code` says what went wrong. */
  fetch(url: string, init: RequestInit): Promise<Reply>;
  /** Breaks what is still open. */
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 100;

/** Connections that are kept open for later, for so many milliseconds. */
const KEPT_CONNECTIONS = 20;
const KEPT_FOR_MS = 30_000;

/** An answer that is larger is none of a gateway's. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Opens nothing yet.
 * @param proxy that the server is asked through, by a tunnel in which the proxy can't read https; null: none
 */
export async function createPooledFetch(
  origin: string,
  { connectMs, headersMs, bodyMs }: Patience,
  proxy: Proxy | null = null,
): Promise<PooledFetch> {
  const options = {
    connections: MOST_CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: KEPT_FOR_MS,
    keepAliveMaxTimeout: KEPT_FOR_MS,
    headersTimeout: headersMs,
    bodyTimeout: bodyMs,
  };
  const pool =
    proxy === null
      ? new Pool(origin, { ...options, connect: { timeout: connectMs } })
      : await tunnelled(proxy, options, connectMs);
  let open = 0;

  return {
    async fetch(url, { method = 'GET', headers, body, signal }) {
      const { pathname, search } = new URL(url);
      open += 1;
      // Undici keeps each connection that it has made; one that was asked to be closed is not there to be kept.
      const reset = open > KEPT_CONNECTIONS;
      const asked = { origin, path: `${pathname}${search}`, method, headers, body, signal, reset };
      try {
        const answer = await request.call(pool, asked as Parameters<typeof request>[0]);
        answer.body.once('close', () => (open -= 1));
        return replyOf(answer);
      } catch (error) {
        open -= 1;
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
}

/** Loaded only where there is a proxy: all of undici is needed then, and a run waits for it. */
async function tunnelled(...asked: Parameters<typeof createTunnels>) {
  const { createTunnels: create } = await import('./tunnels.ts');
  return create(...asked);
}

function replyOf({ statusCode, headers, body }: Awaited<ReturnType<typeof request>>): Reply {
  return {
    ok: statusCode >= 200 && statusCode < 300,
    status: statusCode,
    headers: { get: (name) => [headers[name]].flat()[0] ?? null },
    async json() {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body) {
        size += chunk.length;
        if (size > MOST_BYTES) throw new Error(`an answer has more than ${MOST_BYTES} bytes`);
        chunks.push(chunk);
      }
      // Undici lets a turn pass before a connection is used again: whoever asks at once would have another one made.
      await turn();
      return JSON.parse(Buffer.concat(chunks).toString());
    },
    body: {
      getReader() {
        const pieces = body[Symbol.asyncIterator]();
        return {
          async read() {
            const { done = false, value } = await pieces.next();
            return { done, value };
          },
          async cancel() {
            // Nobody is left to be told that it was not read to its end.
            body.on('error', () => {});
            body.destroy();
          },
        };
      },
    },
  };
}
