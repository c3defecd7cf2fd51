import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as it goes out, headers that `fetch` would not send included. */
export interface Question {
  readonly method?: string;
  /** As the request line has it; default: that of the URL. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** The value of WWW-Authenticate. */
  readonly challenge: string | undefined;
  readonly allow: string | undefined;
  readonly text: string;
  /** The text as JSON, or null. */
  readonly body: unknown;
}

/** Asks on a connection of its own, and reads the answer to its end. */
export async function askHttp(url: URL, { method = 'GET', path, headers = {}, body }: Question): Promise<HttpAnswer> {
  const asked = request(url, { method, agent: false, ...(path === undefined ? {} : { path }) });
  for (const [name, value] of Object.entries(headers)) asked.setHeader(name, value);
  // Whoever refuses a body need not read it.
  asked.on('error', () => {});
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const said = await text(answer);
  return {
    status: answer.statusCode,
    challenge: answer.headers['www-authenticate'],
    allow: answer.headers['allow'],
    text: said,
    body: jsonOf(said),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
