import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { atTestEnd } from './test-end.ts';
import type { Step } from './fake.ts';
import type { Era, McpServer } from './mcp.ts';

/** JSON as it came: each test says what it expects in it. */
export type Fields = ReturnType<typeof JSON.parse>;

/** A claude that does as its prompt says; {@link toDo} makes one. */
export const OBEDIENT_CLAUDE = fileURLToPath(new URL('obedient-claude.cjs', import.meta.url));

/** The arguments of a query that makes the obedient claude take these steps. */
export function toDo(steps: readonly Step[], more: Fields = {}): Fields {
  return { prompt: JSON.stringify(steps), ...more };
}

/** A client that speaks JSON-RPC by hand and takes down all that it is sent. */
export interface HandClient {
  /** Sends a call of `claude_query`; settles when it was sent, over HTTP when it is being answered. */
  ask(query: Fields): Promise<HandCall>;
}

/** A call that was sent. */
export interface HandCall {
  readonly id: number;
  /** What came for it, in order: progress, then the response. */
  readonly received: readonly Fields[];
  /** The response; null when its connection was closed without. */
  readonly answered: Promise<Fields>;
  /** Settles when something came that is as wanted, or the response, or when nothing more will. */
  comes(isWanted: (message: Fields) => boolean): Promise<void>;
  /** Cancels it as its era and wire have it; settles when all that could have been on its way has come. */
  cancel(): Promise<void>;
  /** Hangs up: over HTTP the stream of this call, over stdio all. */
  hangUp(): void;
  /** Takes up its broken stream again, up to 2025-11-25 over HTTP; what comes then is the new call's. */
  takeUp(): Promise<HandCall>;
  /** Stops reading, and begins again. */
  stall(): void;
  goOn(): void;
}

export const MODERN_META: Fields = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'hand', version: '1.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const AS_MCP = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

export const INITIALIZE: Fields = {
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'hand', version: '1.0' } },
};

/** Connects by hand to a server in one of the eras; over stdio there can be one. */
export function byHand(server: McpServer, era: Era, headers: Readonly<Record<string, string>> = {}) {
  return server.stdin === null ? overHttp(server.url, era, headers) : overPipes(server, era);
}

async function overPipes({ stdin, stdout }: McpServer, era: Era): Promise<HandClient> {
  if (stdin === null || stdout === null) throw new Error('the server has no pipes');
  const calls = new Map<unknown, Call>();
  let ids = 0;
  onLines(stdout, (line) => {
    const message: Fields = JSON.parse(line);
    calls.get(message.params?.progressToken ?? message.id)?.take(message);
  });
  stdout.on('close', () => {
    for (const call of calls.values()) call.end();
  });

  function send(message: Fields): void {
    stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  function open(message: Fields): Call {
    const call = createCall(ids++);
    calls.set(call.id, call);
    send({ id: call.id, ...withMeta(era, message, call.id) });
    return call;
  }

  if (era === 'legacy') {
    await open(INITIALIZE).answered;
    send({ method: 'notifications/initialized' });
  }
  return {
    async ask(query) {
      const call = open(queryOf(query));
      return {
        ...call,
        async cancel() {
          send(withMeta(era, { method: 'notifications/cancelled', params: { requestId: call.id } }));
          // What comes before the answer to this was sent before the cancellation was seen.
          await open({ method: 'tools/list', params: {} }).answered;
        },
        hangUp: () => void stdin.destroy(),
        takeUp: () => Promise.reject(new Error('there is one connection')),
        stall: () => void stdout.pause(),
        goOn: () => void stdout.resume(),
      };
    },
  };
}

async function overHttp(url: URL, era: Era, headers: Readonly<Record<string, string>>): Promise<HandClient> {
  const session: Record<string, string> = {};
  let ids = 0;

  /** Sends a message, and reads the answer as one of the call with this id. */
  async function send(message: Fields, id: number): Promise<HandCall> {
    const named = message.params?.name === undefined ? {} : { 'mcp-name': message.params.name };
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': message.method, ...named };
    const own = era === 'modern' ? modern : session;
    const answer = await ask(url, 'POST', { ...AS_MCP, ...own, ...headers }, { jsonrpc: '2.0', ...message });
    Object.assign(session, sessionOf(answer));
    return read(answer, id);
  }

  function read(stream: IncomingMessage, id: number): HandCall {
    const call = createCall(id);
    let lastEvent = '';
    onLines(stream, (line) => {
      const [, field, value = ''] = /^(data|id): ?(.*)/.exec(line) ?? [];
      if (field === 'id') lastEvent = value;
      else if (field === 'data' && value !== '') call.take(JSON.parse(value));
    });
    stream.on('close', call.end);
    return {
      ...call,
      async cancel() {
        if (era === 'modern') stream.destroy();
        else await send({ method: 'notifications/cancelled', params: { requestId: id } }, -1);
        await call.answered;
      },
      hangUp: () => void stream.destroy(),
      takeUp: async () => read(await ask(url, 'GET', { ...AS_MCP, ...session, 'last-event-id': lastEvent }), id),
      stall: () => void stream.pause(),
      goOn: () => void stream.resume(),
    };
  }

  if (era === 'legacy') {
    await (
      await send({ id: ids++, ...INITIALIZE }, 0)
    ).answered;
    await send({ method: 'notifications/initialized' }, -1);
  }
  return {
    async ask(query) {
      const id = ids++;
      return send({ id, ...withMeta(era, queryOf(query), id) }, id);
    },
  };
}

function sessionOf({ headers }: IncomingMessage): Record<string, string> {
  const id = headers['mcp-session-id'];
  return typeof id === 'string' ? { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' } : {};
}

async function ask(
  url: URL,
  method: 'POST' | 'GET',
  headers: Readonly<Record<string, string>>,
  body?: Fields,
): Promise<IncomingMessage> {
  const asked = request(url, { method, agent: false, headers });
  asked.end(JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  // Whoever hangs up knows.
  asked.on('error', () => {});
  answer.on('error', () => {});
  atTestEnd(() => answer.destroy());
  return answer;
}

function queryOf(query: Fields): Fields {
  return { method: 'tools/call', params: { name: 'claude_query', arguments: query } };
}

/** A message as its era has it; a request's id is its progress token too. */
function withMeta(era: Era, { params, ...message }: Fields, progressToken?: number): Fields {
  const token = progressToken === undefined ? {} : { progressToken };
  return { ...message, params: { ...params, _meta: { ...(era === 'modern' ? MODERN_META : {}), ...token } } };
}

interface Call extends Pick<HandCall, 'id' | 'received' | 'answered' | 'comes'> {
  take(message: Fields): void;
  end(): void;
}

function createCall(id: number): Call {
  const received: Fields[] = [];
  const watchers = new Set<() => void>();
  let isOver = false;

  function settle(): void {
    for (const watch of watchers) watch();
  }

  function until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = (): void => {
        if (!isOver && !holds()) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  }

  const responses = (): Fields[] => received.filter((message) => message.method === undefined);
  return {
    id,
    received,
    answered: until(() => responses().length > 0).then(() => responses()[0] ?? null),
    comes: (isWanted) => until(() => received.some(isWanted)),
    take(message) {
      received.push(message);
      isOver ||= message.method === undefined;
      settle();
    },
    end() {
      isOver = true;
      settle();
    },
  };
}

/** Calls back with every line that ends. */
export function onLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new TextDecoder();
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
