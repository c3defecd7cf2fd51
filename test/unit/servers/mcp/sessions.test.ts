import { McpServer } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { createApp } from '../../../../src/servers/http/app.ts';
import { putDoor } from '../../../../src/servers/http/door.ts';
import { createGuard } from '../../../../src/servers/http/guards.ts';
import { listen } from '../../../../src/servers/http/listener.ts';
import { createMcpHttp, type McpHttpOptions } from '../../../../src/servers/mcp/transport/http.ts';
import { routeMcp } from '../../../../src/servers/mcp/transport/route.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { visit } from '../../../support/visit.ts';

it('a session is there for who opened it, and for nobody else', async () => {
  const { open, list } = await serve();
  const session = await open('alice');
  expect(await list('alice', session)).toBe(200);
  expect(await list('bob', session)).toBe(404);
  expect(await list('alice', 'another')).toBe(404);
});

it('nothing but a session can be begun without one', async () => {
  const { list } = await serve();
  expect(await list('alice')).toBe(400);
});

it('when there are too many, the one that was idle the longest has to go', async () => {
  const { open, list } = await serve({ maxSessions: 2 });
  const [first, second] = [await open('alice'), await open('bob')];
  expect(await list('alice', first)).toBe(200);
  const third = await open('carol');
  expect(await list('bob', second)).toBe(404);
  expect(await list('alice', first)).toBe(200);
  expect(await list('carol', third)).toBe(200);
});

it('who has many sessions makes room for others, and for more of their own', async () => {
  const { open, list } = await serve({ maxSessions: 3 });
  const bobs = await open('bob');
  const alices = [await open('alice'), await open('alice')];
  alices.push(await open('alice'));
  expect(await Promise.all(alices.map((session) => list('alice', session)))).toEqual([404, 200, 200]);
  const carols = await open('carol');
  expect(await Promise.all(alices.map((session) => list('alice', session)))).toEqual([404, 404, 200]);
  expect([await list('bob', bobs), await list('carol', carols)]).toEqual([200, 200]);
});

it('where those of a caller are all busy, others do not make room for more', async () => {
  const { open, list, ask } = await serve({ maxSessions: 2, factory: slow });
  const bobs = await open('bob');
  const leave = new AbortController();
  const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'slow', arguments: {} } };
  const body = JSON.stringify(call);
  await ask('alice', await open('alice'), { method: 'POST', body, signal: leave.signal });
  expect(await open('alice')).toBe('');
  expect(await list('bob', bobs)).toBe(200);
  leave.abort();
});

it('one that nobody comes back to is forgotten', async () => {
  const { open, list } = await serve({ idleMs: 1 });
  const session = await open('alice');
  await expect.poll(() => list('alice', session), { timeout: 10_000 }).toBe(404);
});

it('DELETE ends it', async () => {
  const { open, list, ask } = await serve();
  const session = await open('alice');
  expect((await ask('alice', session, { method: 'DELETE' })).status).toBe(200);
  expect(await list('alice', session)).toBe(404);
});

it('a body that means nothing is passed over', async () => {
  const { url, errors } = await serve();
  const headers = { 'x-subject': 'alice', accept: 'text/event-stream', 'content-length': '2' };
  expect(await visit(url, '/mcp', { method: 'GET', headers, body: '{}' })).toMatchObject({ status: 400 });
  expect(errors).toEqual([]);
});

it('an id that is in use is refused: the two would be answered on one stream', async () => {
  const { open, ask } = await serve({ factory: slow });
  const session = await open('alice');
  const call = { method: 'tools/call', params: { name: 'slow', arguments: {} } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 7, ...call });
  const leave = new AbortController();
  await ask('alice', session, { method: 'POST', body, signal: leave.signal });
  const again = await ask('alice', session, { method: 'POST', body });
  expect([again.status, await again.json()]).toMatchObject([400, { error: { message: 'The id is in use' } }]);
  leave.abort();
});

it('a session where somebody listens and nothing goes on has to go, too, when there are too many', async () => {
  const { open, list, ask } = await serve({ maxSessions: 1 });
  const first = await open('alice');
  const leave = new AbortController();
  await ask('alice', first, { method: 'GET', signal: leave.signal });
  expect(await list('bob', await open('bob'))).toBe(200);
  expect(await list('alice', first)).toBe(404);
  leave.abort();
});

it('pages of an origin that is allowed may ask, and read', async () => {
  const { url, refusedRequests } = await serve({ origins: ['https://app.example'] });
  const origin = 'https://app.example';
  const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  expect(await visit(url, '/mcp', { method: 'OPTIONS', headers: asked })).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST, GET, DELETE',
      'access-control-allow-headers': 'authorization',
    },
  });
  const refused = await visit(url, '/mcp', {
    method: 'OPTIONS',
    headers: { ...asked, origin: 'https://evil.example' },
  });
  expect(refused.status).toBe(403);
  expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
  expect(refusedRequests).toEqual([403]);
});

it('who is let in no more is told so', async () => {
  const { list, close } = await serve();
  await close();
  expect(await list('alice')).toBe(503);
});

interface Origins {
  /** Whose pages may ask. */
  readonly origins?: readonly string[];
}

interface Served {
  readonly url: URL;
  /** What the listener was told of. */
  readonly errors: readonly unknown[];
  /** The statuses with which a request was refused. */
  readonly refusedRequests: readonly number[];
  open(subject: string): Promise<string>;
  /** The status of an answer to `tools/list`. */
  list(subject: string, session?: string): Promise<number>;
  ask(subject: string, session: string | undefined, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Serves MCP to whoever says who it is. */
async function serve({ origins = [], ...options }: Partial<McpHttpOptions> & Origins = {}): Promise<Served> {
  const refusedRequests: number[] = [];
  const errors: unknown[] = [];
  const http = createMcpHttp({
    factory: () => new McpServer({ name: 'test', version: '1' }, { capabilities: { tools: {} } }),
    graceMs: 1_000,
    ...options,
  });
  const app = createApp({ nothingHere: 'there is nothing here', onError: (error) => void errors.push(error) });
  let isClosing = false;
  putDoor(app, {
    guard: createGuard({ hosts: [], origins }),
    access: {
      required: true,
      admit: async (req) => ({ subject: String(req.headers['x-subject']), auth: null }),
      metadataAt: () => null,
    },
    isClosing: () => isClosing,
    onRefused: (status) => void refusedRequests.push(status),
  });
  routeMcp(app, async () => http);
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0 });
  const letNobodyIn = async (): Promise<void> => {
    isClosing = true;
    await http.close();
  };
  atTestEnd(async () => {
    await letNobodyIn();
    await close();
  });

  function ask(subject: string, session: string | undefined, init: RequestInit): Promise<Response> {
    return fetch(new URL('/mcp', url), {
      ...init,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'x-subject': subject,
        ...(session === undefined ? {} : { 'mcp-session-id': session }),
      },
    });
  }

  async function call(subject: string, session: string | undefined, method: string, params = {}): Promise<Response> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await ask(subject, session, { method: 'POST', body });
    await response.text();
    return response;
  }

  return {
    url,
    errors,
    refusedRequests,
    ask,
    async open(subject) {
      const clientInfo = { name: 'test', version: '1' };
      const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
      const response = await call(subject, undefined, 'initialize', params);
      return response.headers.get('mcp-session-id') ?? '';
    },
    list: async (subject, session) => (await call(subject, session, 'tools/list')).status,
    close: letNobodyIn,
  };
}

/** A server whose tool never answers. */
function slow(): McpServer {
  const server = new McpServer({ name: 'test', version: '1' }, { capabilities: { tools: {} } });
  server.registerTool('slow', {}, () => new Promise(() => {}));
  return server;
}
