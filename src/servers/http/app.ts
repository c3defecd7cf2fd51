import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { systemCodeOf } from '../../errors.ts';
import { Refusal } from '../refusal.ts';
import { answer, answerRefusal, HttpRefusal, SAFE_HEADERS } from './answer.ts';
import { createHeldServer, type HeldServer, IDLE_MS } from './held-server.ts';
import { pathOf } from './path-of.ts';

export interface AppOptions {
  /** What is said of a path where nothing is. */
  readonly nothingHere: string;
  /** Told of what a handler threw that is no refusal; it is answered with 500, without a word of what it was. */
  readonly onError?: (error: unknown) => void;
  /** The server whose requests it answers; default: one that does not listen yet. */
  readonly held?: HeldServer;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Told of what went wrong inside. */
    readonly onFault: (error: unknown) => void;
    /** The methods that a path is asked with; none where nothing is. */
    readonly methodsAt: (path: string) => readonly string[];
  }
}

/** Characters of a path's part: more than the headers of a request may have. */
const MAX_PART = 65_536;

/**
 * An application that has no routes yet. Whatever is thrown in one is answered in the one shape of failures; nothing is
 * kept by caches.
 */
export function createApp({ nothingHere, onError = () => {}, held = createHeldServer() }: AppOptions): FastifyInstance {
  let handle: RequestListener = () => {};
  const app = fastify({
    serverFactory(listener) {
      handle = listener;
      return held.server;
    },
    // Who comes late is answered as ever; listener.ts closes what stays open.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: MAX_PART },
    rewriteUrl: asWritten,
    clientErrorHandler: answerUnreadable,
    // Requests are checked by schemas of our own, in words of our own. To load Fastify's compilers takes 60 ms.
    schemaController: { compilersFactory: { buildValidator: compilesNothing, buildSerializer: compilesNothing } },
  });
  app.addHook('onReady', async () => held.answer(handle));
  app.decorate('onFault', onError);
  app.decorate('methodsAt', methodsOf(app));
  app.addHook('onRequest', async ({ raw: { httpVersion } }, { raw }) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) raw.setHeader(name, value);
    // Node would tell clients when the connection is closed.
    if (raw.shouldKeepAlive && httpVersion !== '1.0') {
      raw.setHeader('connection', 'keep-alive');
      raw.setHeader('keep-alive', `timeout=${IDLE_MS / 1_000}`);
    }
  });
  app.setNotFoundHandler(({ raw }) => {
    const methods = app.methodsAt(pathOf(raw));
    throw methods.length === 0 ? new Refusal('not_found', nothingHere) : otherMethod(methods);
  });
  app.setErrorHandler<FastifyError>((error, _, reply) => answerThrown(error, reply, onError));
  return app;
}

/**
 * Has the router take a path as it was sent, escapes undone nowhere: none of ours needs one, and what a proxy in front did
 * not take for one of them is none here.
 */
function asWritten({ url = '/' }: { readonly url?: string | undefined }): string {
  return url.replace(/^[^?#]*/, (path) => path.replaceAll('%', '%25'));
}

function compilesNothing(): never {
  throw new Error('no route has a schema for Fastify');
}

function methodsOf(app: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`), methods: [method].flat() });
  });
  return (path) => routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
}

/** Why something is not asked so, but with other methods. */
export function otherMethod(methods: readonly string[]): HttpRefusal {
  const allow = methods.join(', ');
  return new HttpRefusal(new Refusal('bad_request', `this is asked with ${allow}`), {
    status: 405,
    headers: { allow },
  });
}

function answerThrown(error: FastifyError | Refusal, reply: FastifyReply, onError: (error: unknown) => void): void {
  const isGone = reply.raw.destroyed && systemCodeOf(error) === 'ECONNRESET';
  const refusal = error instanceof Refusal ? error : refusalOf(error, reply);
  if (refusal === null && !isGone) onError(error);
  answerRefusal(reply, refusal ?? new Refusal('server_error', 'the server failed; its log says why'));
}

/** What is wrong with a request, as Fastify found it before a handler saw it; null: it is no such error. */
function refusalOf({ code, statusCode = 500 }: FastifyError, { request }: FastifyReply): Refusal | null {
  if (statusCode >= 500 || !code.startsWith('FST_ERR_')) return null;
  const close = { headers: { connection: 'close' } };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const { bodyLimit } = request.routeOptions;
      return new HttpRefusal(
        new Refusal('payload_too_large', `a request may have ${bodyLimit} bytes`, { limit: bodyLimit }),
        close,
      );
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new HttpRefusal(
        new Refusal('bad_request', 'the body is to be JSON: send Content-Type: application/json'),
        {
          ...close,
          status: 415,
        },
      );
    default:
      return new HttpRefusal(new Refusal('bad_request', 'the request is not as HTTP has it'), close);
  }
}

/** Answers what cannot be read as a request: too slow, too many headers, or no HTTP. */
function answerUnreadable(error: Error, socket: Socket): void {
  // Behind an answer that has begun, another one would be taken for a part of it.
  if (socket.writable && socket.bytesWritten === 0 && systemCodeOf(error) !== 'ECONNRESET') {
    const [status, message] = UNREADABLE.get(systemCodeOf(error) ?? '') ?? ['400 Bad Request', 'this is no HTTP'];
    const { type, text, headers } = answer(new Refusal(status.startsWith('408') ? 'timeout' : 'bad_request', message));
    const head = Object.entries({
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      connection: 'close',
      ...headers,
    });
    socket.write(`HTTP/1.1 ${status}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`);
  }
  socket.destroy(error);
}

const UNREADABLE: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', ['408 Request Timeout', 'the request did not come in time']],
  ['HPE_HEADER_OVERFLOW', ['431 Request Header Fields Too Large', 'the request has too much in its headers']],
]);
