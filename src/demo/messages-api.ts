import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { parsedJson } from '../parsed-json.ts';
import { fingerprint, isMessagesRequest, readConversation, sideAnswer } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { respond, sendError, sendJson, tokensIn } from './respond.ts';
import { apiError, text, turn } from './script.ts';
import type { Reply, Script } from './script.ts';

/** A running stub of the Messages API. */
export interface MessagesApi {
  /** What goes into `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  /** Every request so far, in order of arrival; it grows while the stub runs. */
  readonly requests: readonly RecordedRequest[];
  /** Ends every open connection, also those that a script keeps hanging, and stops listening. */
  close(): Promise<void>;
}

/** A request as it arrived, whatever became of it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** As received, less those that carry a credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where there was no body, or none that parses. */
  readonly body: unknown;
  /** What the script was asked, or undefined for a request on the side (probe, title, token count). */
  readonly conversation: Conversation | undefined;
}

/**
 * Starts a stub of the Messages API on a free port of the loopback interface, which answers as the script says,
 * streamed or whole as asked. What claude sends beside the conversation (probes of the quota, titles, token
 * counts) is answered without asking the script. A script that throws answers 400 with its message, which claude
 * does not retry.
 */
export async function startMessagesApi(script: Script): Promise<MessagesApi> {
  const requests: RecordedRequest[] = [];
  const nextAttempt = countedByKey();
  const nextId = countedIds();
  const closing = new AbortController();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { body, bytes } = await readBody(request);
    const { method = '', url: path = '/' } = request;
    const endpoint = `${method} ${new URL(path, 'http://stub').pathname}`;
    const aside = sideAnswer(body);
    const asked = endpoint === 'POST /v1/messages' && isMessagesRequest(body);
    const conversation = asked ? readConversation(body, nextAttempt(fingerprint(body))) : undefined;
    requests.push({
      method,
      path,
      headers: withoutCredentials(request),
      body,
      conversation: aside === undefined ? conversation : undefined,
    });

    if (conversation !== undefined) {
      const { model, streamed } = conversation;
      const reply = aside === undefined ? play(script, conversation) : turn([text(aside)]);
      await respond(reply, { response, model, streamed, bytes, nextId, signal: closing.signal });
    } else if (endpoint === 'POST /v1/messages') {
      sendError(response, apiError(400, 'the body is no JSON object with messages'));
    } else if (endpoint === 'POST /v1/messages/count_tokens') {
      sendJson(response, 200, { input_tokens: tokensIn(bytes) });
    } else if (method === 'HEAD' || endpoint === 'GET /') {
      sendJson(response, 200, { stub: 'messages' });
    } else {
      sendError(response, apiError(404, `the stub has no ${endpoint}`));
    }
  };

  // An idle connection is kept for good: claude may run a tool for a minute and then use it again, and a close at
  // that moment would look like a reset that no script asked for.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    response.setHeader('request-id', nextId('req'));
    // A reader that leaves, or a stub that closes, in the middle of a reply is part of the play.
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    close: async () => {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function play(script: Script, conversation: Conversation): Reply {
  try {
    return script(conversation);
  } catch (thrown) {
    return apiError(400, `the stub's script threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

async function readBody(request: IncomingMessage): Promise<{ readonly body: unknown; readonly bytes: number }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const whole = Buffer.concat(chunks);
  return { body: parsedJson(whole.toString()), bytes: whole.length };
}

const credentialHeaders = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'cookie']);

function withoutCredentials(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers = Object.entries(request.headers).filter(([name]) => !credentialHeaders.has(name));
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
}

function countedByKey(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}

/** Ids of the wire's shape, plain enough to tell apart when a test fails. */
function countedIds(): (prefix: string) => string {
  let count = 0;
  return (prefix) => `${prefix}_stub${String(++count).padStart(20, '0')}`;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('the stub listens on no port');
  return address.port;
}
