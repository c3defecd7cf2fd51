import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { apiError } from './script.ts';
import type { ApiError, Ending, Reply, Turn, Usage } from './script.ts';
import { beatsOf, formatEvent, wholeMessage } from './sse.ts';
import type { Letterhead } from './sse.ts';

/** The request that is being answered, as far as the answer depends on it. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly model: string;
  /** Whether a turn is to be streamed or sent whole. */
  readonly streamed: boolean;
  /** Length of the request's body, from which its tokens are estimated. */
  readonly bytes: number;
  readonly nextId: (prefix: string) => string;
  /** Aborts the waits within a turn. */
  readonly signal: AbortSignal;
}

/** Sends a reply. Rejects when the signal ends one of its waits; what was sent until then stays sent. */
export async function respond(reply: Reply, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  switch (reply.kind) {
    case 'turn':
      return sendTurn(reply, exchange);
    case 'error':
      return sendError(response, reply);
    case 'page':
      response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
      return;
    case 'silence':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    default:
      reply satisfies never;
  }
}

/** Sends an error in the API's own shape. */
export function sendError(response: ServerResponse, { status, type, message, headers }: ApiError): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, { type: 'error', error: { type, message } });
}

/** Sends a whole JSON body and ends the response. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Four characters to a token, the usual rule of thumb. */
export function tokensIn(length: number): number {
  return Math.ceil(length / 4);
}

async function sendTurn(turn: Turn, exchange: Exchange): Promise<void> {
  const { response, model, nextId, signal } = exchange;
  const usage = { ...estimatedUsage(turn, exchange.bytes), ...turn.usage };
  const head: Letterhead = { id: nextId('msg'), model, usage, nextToolUseId: () => nextId('toolu') };
  await pause(turn.delayMs, signal);
  if (!exchange.streamed) {
    if (turn.ending === 'complete') return sendJson(response, 200, wholeMessage(turn, head));
    return end(response, turn.ending, signal);
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const { afterMs, event } of beatsOf(turn, head)) {
    await pause(afterMs, signal);
    if (response.destroyed) return;
    response.write(formatEvent(event));
  }
  await end(response, turn.ending, signal);
}

/** A broken ending breaks an unstreamed reply too: there it comes in place of everything. */
async function end(response: ServerResponse, ending: Ending, signal: AbortSignal): Promise<void> {
  if (typeof ending === 'object') {
    if (!response.headersSent) return sendError(response, { ...apiError(500, ending.message), type: ending.type });
    response.end(formatEvent({ type: 'error', error: ending }));
    return;
  }
  switch (ending) {
    case 'complete':
    case 'cut':
      response.end();
      return;
    case 'stall':
      return;
    case 'reset':
      // A reset overtakes what the reader has not taken yet: let the stream's beginning arrive first.
      await pause(100, signal);
      response.socket?.resetAndDestroy();
      return;
    default:
      ending satisfies never;
  }
}

function estimatedUsage(turn: Turn, requestBytes: number): Usage {
  return {
    input_tokens: tokensIn(requestBytes),
    output_tokens: tokensIn(JSON.stringify(turn.blocks).length),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}
