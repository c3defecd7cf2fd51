import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a client has seen of a run, connection after connection. */
export interface Seen {
  /** Ids of events, in the order that they came. */
  readonly ids: number[];
  /** What claude had counted to with each message that tells. */
  readonly counts: number[];
  /** Whether the ending came, or word that it was never started. */
  isOver: boolean;
}

export function nothingSeen(): Seen {
  return { ids: [], counts: [], isOver: false };
}

/**
 * Reads a stream of events until it ends, or breaks it after so many milliseconds. Settles in any case: what the server
 * or the wire does is no fault of the reader's.
 */
export async function readStream(response: IncomingMessage, seen: Seen, breakAfterMs: number | null): Promise<void> {
  const timer = breakAfterMs === null ? undefined : setTimeout(() => response.destroy(), breakAfterMs);
  let rest = '';
  try {
    for await (const piece of response) {
      const records = `${rest}${String(piece)}`.split('\n\n');
      rest = records.pop() ?? '';
      for (const record of records) note(record, seen);
    }
  } catch {
    // It broke, as it was to.
  }
  clearTimeout(timer);
}

function note(record: string, seen: Seen): void {
  seen.isOver ||= record.includes('"code":"ending"') || record.startsWith('event: failure\n');
  const id = /^id: ?(\d+)$/m.exec(record)?.[1];
  if (id === undefined) return;
  seen.ids.push(Number(id));
  const count = /"count":(\d+)/.exec(record)?.[1];
  if (count !== undefined) seen.counts.push(Number(count));
}

/** Follows a run to its end, from behind what was seen; takes it up again when the stream breaks, for so long. */
export async function followToEnd(
  urlNow: () => string,
  runId: string,
  seen: Seen,
  { breakAfterMs, forMs }: { readonly breakAfterMs: () => number | null; readonly forMs: number },
): Promise<void> {
  const end = performance.now() + forMs;
  while (!seen.isOver && performance.now() < end) {
    const last = seen.ids.at(-1);
    const headers = {
      accept: 'text/event-stream',
      ...(last === undefined ? {} : { 'last-event-id': String(last) }),
    };
    const response = await send('GET', `${urlNow()}v1/queries/${runId}/events`, headers).catch(() => null);
    if (response === null || response.statusCode !== 200) {
      response?.resume();
      await sleep(50);
      continue;
    }
    await readStream(response, seen, breakAfterMs());
  }
}

/** Milliseconds that a gateway waits for the head of a request, at least. */
const PATIENCE_MS = 10_000;

/** How many requests a busy machine did not get out in time, which were sent again. */
let late = 0;

export function sentLate(): number {
  return late;
}

/**
 * Sends a request on a connection of its own. One that is answered with 408 is sent again where it did take that long, as
 * this clock has it: a machine that is too busy to send is no fault of the gateway's. @throws the system's error
 */
export async function send(...request: Parameters<typeof sendOnce>): Promise<IncomingMessage> {
  for (;;) {
    const begun = performance.now();
    const response = await sendOnce(...request);
    if (response.statusCode !== 408 || performance.now() - begun < PATIENCE_MS) return response;
    response.resume();
    late++;
  }
}

function sendOnce(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false, headers }, (response) => {
      // What breaks later is told to whoever reads it.
      response.on('error', () => {});
      resolve(response);
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
