import { visit, type Visit } from './visit.ts';

/** A request as it goes out, headers that `fetch` would not send included. */
export interface Question extends Visit {
  /** As the request line has it; default: that of the URL. */
  readonly path?: string;
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
export async function askHttp(url: URL, { path = url.pathname, ...how }: Question): Promise<HttpAnswer> {
  const { status, headers, body: text } = await visit(url, path, how);
  return { status, challenge: headers['www-authenticate'], allow: headers['allow'], text, body: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
