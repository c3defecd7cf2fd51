import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What came of a request, and how long that took, in milliseconds. */
export interface Asked {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

/** Posts a request as JSON. */
export function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<IncomingMessage> {
  const content = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, resolve)
      .on('error', reject)
      .end(content);
  });
}

/** Posts a request, and reads the answer to its end. */
export async function ask(url: string, body: object): Promise<Asked> {
  const start = performance.now();
  const response = await post(url, body);
  const answer = await text(response);
  return { status: response.statusCode ?? 0, body: answer, ms: performance.now() - start };
}

/** Gets something, and reads it to its end. */
export async function look(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Asked> {
  const start = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { agent, headers }, resolve).on('error', reject).end();
  });
  const answer = await text(response);
  return { status: response.statusCode ?? 0, body: answer, ms: performance.now() - start };
}

/** Posts a request for a stream, and tells the milliseconds until claude's result was in it. */
export async function timeUntilResult(url: string, body: object): Promise<number> {
  const start = performance.now();
  const response = await post(url, body, { accept: 'text/event-stream' });
  let seen = '';
  let time: number | null = null;
  for await (const piece of response) {
    seen += String(piece);
    if (time === null && seen.includes('"type":"result"')) time = performance.now() - start;
  }
  if (time === null) throw new Error(`there was no result: ${seen.slice(-500)}`);
  return time;
}
