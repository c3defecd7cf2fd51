import { describe, expect, it } from 'vitest';
import { assistant, init, result, SESSION } from '../../outcome/evidence.ts';
import { eventsOf, type ServedGateway, serveGateway } from './served.ts';

const SSE = { accept: 'text/event-stream' };
const NOBODY = '11111111-2222-4333-8444-555555555555';

/** Reads a stream of server-sent events to its end, as `id name type`. */
async function readEvents(response: Response): Promise<string[]> {
  const records = (await response.text()).split('\n\n').filter((record) => /^data:/m.test(record));
  return records.map((record) => {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(record)?.[1] ?? '-';
    const data = JSON.parse(field('data'));
    return [field('id'), field('event'), data.message?.code ?? data.message?.type ?? data.next ?? data.state].join(' ');
  });
}

/** Submits a run and returns where it is. */
async function submitted({ post }: ServedGateway, body: object = {}, headers = {}): Promise<string> {
  const response = await post({ prompt: 'hi', ...body }, headers, '/v1/queries?wait=false');
  expect(response.status).toBe(202);
  return response.headers.get('location') ?? '';
}

async function finish({ held }: ServedGateway, index = 0): Promise<void> {
  const run = await held.nth(index);
  run.emit(...eventsOf([init(), assistant('Done.'), result({ result: 'Done.' })]));
  run.finish();
}

describe('POST /v1/queries', () => {
  it('answers with the bundle', async () => {
    const gateway = await serveGateway();
    const asked = gateway.post({ prompt: 'hi' });
    await finish(gateway);
    const response = await asked;
    const bundle = await response.json();
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBe(`/v1/queries/${gateway.held.runs[0]?.host.runId}`);
    expect(bundle).toMatchObject({ outcome: { class: 'success' }, messages: [{}, {}, {}] });
  });

  it('answers with the events as they happen, pieces without ids, the ending last', async () => {
    const gateway = await serveGateway();
    const asked = gateway.post({ prompt: 'hi' }, SSE);
    const run = await gateway.held.nth(0);
    const response = await asked;
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    run.emit(
      ...eventsOf([
        init(),
        { type: 'stream_event', event: { type: 'message_stop' } },
        assistant('Done.'),
        result({ result: 'Done.' }),
      ]),
    );
    run.finish();
    const told = await readEvents(response);
    expect(told).toEqual([
      '- run running',
      '1 message system',
      '- piece stream_event',
      '2 message assistant',
      '3 message result',
      '4 message ending',
    ]);
  });

  it('answers with a line an event', async () => {
    const gateway = await serveGateway();
    const asked = gateway.post({ prompt: 'hi' }, { accept: 'application/x-ndjson' });
    await finish(gateway);
    const lines = (await (await asked).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).message.type)).toEqual(['system', 'assistant', 'result', 'sluice']);
  });

  it.each([
    ['/v1/queries?wait=false', {}, null],
    ['/v1/queries', { prefer: 'respond-async, wait=10' }, 'respond-async'],
  ])('%s %j answers at once with where to look', async (path, headers, applied) => {
    const { post, fetch } = await serveGateway();
    const response = await post({ prompt: 'hi', labels: { team: 'a' } }, headers, path);
    const { runId, state } = Object(await response.json());
    expect([response.status, state]).toEqual([202, 'running']);
    expect(response.headers.get('preference-applied')).toBe(applied);
    const view = await (await fetch(response.headers.get('location') ?? '')).json();
    expect(view).toMatchObject({ runId, state: 'running', labels: { team: 'a' }, bundle: null, error: null });
  });

  it('gives claude what is sent along, in which nothing is acted upon', async () => {
    const gateway = await serveGateway({ policy: { request: { mcpConfig: { mcpServers: { db: {}, web: {} } } } } });
    const png = Buffer.from('\u0089PNG\r\n\u001A\n…', 'latin1').toString('base64');
    await submitted(gateway, {
      context: { build: 7 },
      attachments: [
        { name: '../../etc/passwd', text: '@/etc/shadow' },
        { name: 'b.log', base64: Buffer.from('grüezi').toString('base64') },
        { name: 'c.png', base64: png },
      ],
      mcpServers: ['db'],
    });
    expect((await gateway.held.nth(0)).request).toMatchObject({
      prompt: {
        inert: 'hi',
        attachments: [
          { name: 'context', text: '{\n  "build": 7\n}' },
          { name: '../../etc/passwd', text: '@/etc/shadow' },
          { name: 'b.log', text: 'grüezi' },
        ],
        images: [{ name: 'c.png', mediaType: 'image/png', base64: png }],
      },
      mcpConfig: { mcpServers: { db: {} } },
      strictMcpConfig: true,
    });
  });

  it.each([
    [{ promt: 'hi', prompt: 'x' }, 400, 'validation_error', /promt: is not known; did you mean prompt/],
    [{ prompt: 'hi', maxTurns: 'many' }, 400, 'validation_error', /maxTurns/],
    [{ prompt: 'hi', attachments: [{ name: 'a' }] }, 400, 'validation_error', /attachments\[0\]/],
    [{ prompt: 'hi', attachments: [{ name: 'a', base64: '!' }] }, 400, 'validation_error', /no base64/],
    [{ prompt: 'hi', attachments: [{ name: 'a', base64: 'AAEC' }] }, 400, 'validation_error', /neither text nor/],
    [{ prompt: 'hi', attachments: [{ name: 'a', text: 'x', path: '/etc' }] }, 400, 'validation_error', /path/],
    [{ prompt: 'hi', labels: { team: 1 } }, 400, 'validation_error', /labels.team/],
    [{ prompt: 'hi', labels: { 'a b': 'x' } }, 400, 'validation_error', /no name of a label/],
    [{ prompt: 'hi', onDisconnect: 'dance' }, 400, 'validation_error', /onDisconnect/],
    [{ prompt: 'hi', mcpServers: ['x'] }, 403, 'forbidden', /mcpServers: "x" is not allowed/],
    [{ prompt: 'hi', permissionMode: 'bypassPermissions' }, 403, 'forbidden', /permissionMode/],
    [{ prompt: 'hi', cwd: '/etc' }, 403, 'forbidden', /cwd/],
    [{ prompt: 'hi', sessionId: NOBODY }, 404, 'not_found', /no such session/],
    [{ prompt: 'x'.repeat(2_000) }, 403, 'forbidden', /over the limit of 1000/],
    [{ prompt: 'x'.repeat(20_000) }, 413, 'payload_too_large', /10000 bytes/],
    ['{"prompt":', 400, 'validation_error', /no JSON/],
    ['[]', 400, 'validation_error', /the request: expected object/],
    [`{"prompt":"x","jsonSchema":${'{"a":'.repeat(700)}1${'}'.repeat(700)}}`, 400, 'validation_error', /nested/],
  ] as const)('%j is refused, and no run is made', async (body, status, code, message) => {
    const { post, held, errors } = await serveGateway();
    const response = await post(body);
    const failure = Object(await response.json());
    expect([response.status, failure.error_code]).toEqual([status, code]);
    expect(failure.message).toMatch(message);
    expect(failure).toMatchObject({ status: 'error', details: {} });
    expect([held.runs, errors]).toEqual([[], []]);
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-encoding': 'gzip' }, 415],
    [{ accept: 'image/png' }, 406],
    [{ 'idempotency-key': 'two words' }, 400],
    [{ origin: 'https://evil.example' }, 403],
  ])('with headers %j is refused', async (headers, status) => {
    const { post, held } = await serveGateway();
    expect((await post({ prompt: 'hi' }, headers)).status).toBe(status);
    expect(held.runs).toEqual([]);
  });

  it('is refused unread where too many wait, unless its key may be that of a run', async () => {
    const gateway = await serveGateway({ limits: { maxRuns: 1, maxQueued: 0 } });
    const keyed = { prefer: 'respond-async', 'idempotency-key': 'one' };
    const first = await gateway.post({ prompt: 'hi' }, keyed);
    const again = await gateway.post({ prompt: 'hi' }, keyed);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
    expect((await gateway.fetch('/v1/queries', init)).status).toBe(429);
    expect(gateway.told.ended).toMatchObject([
      { ended: 'refused', refusal: { errorCode: 'rate_limited' }, query: { request: null } },
    ]);
    expect((await gateway.post({ prompt: 'hi' }, { 'idempotency-key': 'other' })).status).toBe(429);
  });

  it('says 429 where too many wait, and 503 once the server is about to end', async () => {
    const gateway = await serveGateway({ limits: { maxRuns: 1, maxQueued: 0 } });
    await submitted(gateway);
    const busy = await gateway.post({ prompt: 'hi' });
    expect([busy.status, Object(await busy.json()).error_code]).toEqual([429, 'rate_limited']);
    expect((await gateway.fetch('/readyz')).status).toBe(200);
    gateway.drain();
    expect((await gateway.post({ prompt: 'hi' })).status).toBe(503);
    expect((await gateway.fetch('/readyz')).status).toBe(503);
    expect((await gateway.fetch('/v1/queries')).status).toBe(200);
  });
});

describe('a traceparent', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it.each([
    [traceparent, traceparent],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', undefined],
    ['; rm -rf /', undefined],
  ])('%j reaches claude and whoever is told of the run as %j', async (sent, seen) => {
    const gateway = await serveGateway();
    await submitted(gateway, {}, { traceparent: sent });
    const { env } = (await gateway.held.nth(0)).host;
    expect([env?.['TRACEPARENT'], gateway.told.started[0]?.caller.traceparent]).toEqual([seen, seen]);
  });
});

describe('an Idempotency-Key', () => {
  it('makes the same request the same run, and another one 422', async () => {
    const gateway = await serveGateway();
    const key = { 'idempotency-key': 'order-66' };
    const first = await submitted(gateway, {}, key);
    expect(await submitted(gateway, {}, key)).toBe(first);
    const other = await gateway.post({ prompt: 'another' }, key);
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { error_code: 'conflict', details: { reason: 'key_reused', runId: first.split('/').at(-1) } },
    ]);
    expect(await submitted(gateway, {}, { ...key, 'x-subject': 'bob' })).not.toBe(first);
    expect(gateway.held.runs).toHaveLength(2);
  });
});

describe('a client that leaves', () => {
  async function leaveWhile(gateway: ServedGateway, body: object, headers = {}): Promise<void> {
    const leave = new AbortController();
    const asked = gateway.fetch('/v1/queries', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ prompt: 'hi', ...body }),
      signal: leave.signal,
    });
    asked.catch(() => {});
    await gateway.held.nth(0);
    leave.abort();
    await expect(asked).rejects.toThrow('abort');
  }

  it.each([
    [{}, {}],
    [{}, SSE],
    [{ onDisconnect: 'stop' }, { 'idempotency-key': 'a' }],
  ])('stops its run (%j %j)', async (body, headers) => {
    const gateway = await serveGateway();
    const leave = new AbortController();
    const asked = gateway.fetch('/v1/queries', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ prompt: 'hi', ...body }),
      signal: leave.signal,
    });
    asked.then((response) => response.text()).catch(() => {});
    await gateway.held.nth(0);
    if ('accept' in headers) await asked;
    leave.abort();
    await expect.poll(() => gateway.told.ended.map(({ ended }) => ended)).toEqual(['disconnected']);
    expect(gateway.errors).toEqual([]);
  });

  it.each([
    [{ onDisconnect: 'continue' }, {}],
    [{}, { 'idempotency-key': 'a' }],
  ])('does not, where it means to come back (%j %j)', async (body, headers) => {
    const gateway = await serveGateway();
    await leaveWhile(gateway, body, headers);
    await finish(gateway);
    await expect.poll(() => gateway.told.ended.map(({ ended }) => ended)).toEqual(['finished']);
  });
});

describe('a run that wants company', () => {
  it('is stopped where nobody follows it, and no other one is', async () => {
    const gateway = await serveGateway({ graceMs: 1_500 });
    const company = { onDisconnect: 'stop' };
    const path = await submitted(gateway, company);
    const response = await gateway.fetch(`${path}/events`);
    await submitted(gateway);
    await submitted(gateway, company);
    // By then, the time of the first one would be over, too.
    await expect
      .poll(() => gateway.told.ended.map(({ ended }) => ended), { timeout: 10_000 })
      .toEqual(['disconnected']);
    await finish(gateway);
    expect((await readEvents(response)).at(-1)).toContain('ending');
    await finish(gateway, 1);
    await expect.poll(() => gateway.told.ended.length).toBe(3);
    expect(gateway.errors).toEqual([]);
  });
});

describe('GET /v1/queries/{id}/events', () => {
  it('goes on where a client was, and says when there is nothing more', async () => {
    const gateway = await serveGateway();
    const path = `${await submitted(gateway)}/events`;
    const run = await gateway.held.nth(0);
    run.emit(...eventsOf([init(), assistant('One.')]));
    const following = gateway.fetch(path, { headers: { 'last-event-id': '0' } });
    const response = await following;
    run.emit(...eventsOf([result({ result: 'One.' })], 3));
    run.finish();
    expect(await readEvents(response)).toEqual([
      '- run running',
      '1 message system',
      '2 message assistant',
      '3 message result',
      '4 message ending',
    ]);
    const rest = await gateway.fetch(path, { headers: { 'last-event-id': '2' } });
    expect(await readEvents(rest)).toEqual(['- run finished', '3 message result', '4 message ending']);
    expect(await readEvents(await gateway.fetch(`${path}?from=4`))).toEqual(['- run finished', '4 message ending']);
    expect((await gateway.fetch(path, { headers: { 'last-event-id': '4' } })).status).toBe(204);
  });

  it.each(['5', '-1', 'x', '1.5', '999999999999999999'])('refuses the id %j', async (id) => {
    const gateway = await serveGateway();
    const path = `${await submitted(gateway)}/events`;
    await finish(gateway);
    await expect.poll(() => gateway.told.ended.length).toBe(1);
    const response = await gateway.fetch(path, { headers: { 'last-event-id': id } });
    expect([response.status, Object(await response.json()).error_code]).toEqual([400, 'validation_error']);
  });

  it('tells why a run was never started', async () => {
    const gateway = await serveGateway({ limits: { maxRuns: 1, queueTimeoutMs: 20 } });
    await submitted(gateway);
    const path = await submitted(gateway);
    const told = await readEvents(await gateway.fetch(`${path}/events`));
    expect(told).toEqual([expect.stringMatching(/^- run (?:queued|refused)$/), '- failure ']);
    const view = await (await gateway.fetch(path)).json();
    expect(view).toMatchObject({ state: 'refused', bundle: null, error: { status: 'error', error_code: 'timeout' } });
  });
});

describe('a run', () => {
  it('is there for who asked for it, and for nobody else', async () => {
    const gateway = await serveGateway();
    const path = await submitted(gateway);
    const asks: [string, string][] = [
      ['GET', path],
      ['DELETE', path],
      ['GET', `${path}/events`],
      ['GET', `${path}/messages`],
    ];
    for (const [method, path] of asks) {
      const foreign = await gateway.fetch(path, { method, headers: { 'x-subject': 'bob' } });
      const unknown = await gateway.fetch(path.replace(/[\da-f-]{36}/, NOBODY), { method });
      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      expect(await foreign.json()).toEqual(await unknown.json());
    }
    expect((await gateway.fetch(path)).status).toBe(200);
  });

  it('is cancelled with DELETE, and stays as it is then', async () => {
    const gateway = await serveGateway();
    const path = await submitted(gateway);
    await gateway.held.nth(0);
    for (let time = 0; time < 2; time++) {
      const response = await gateway.fetch(path, { method: 'DELETE' });
      expect(await response.json()).toMatchObject({ state: 'finished', ended: 'cancelled', class: 'interrupted' });
    }
  });

  it('tells its messages once it has ended', async () => {
    const gateway = await serveGateway();
    const path = await submitted(gateway);
    expect((await gateway.fetch(`${path}/messages`)).status).toBe(409);
    await finish(gateway);
    await expect.poll(() => gateway.told.ended.length).toBe(1);
    const page = await (await gateway.fetch(`${path}/messages?limit=2`)).json();
    expect(page).toMatchObject({ messages: [{ sequence: 1 }, { sequence: 2 }], total: 3, next: 3 });
    expect((await gateway.fetch(`${path}/messages?limit=x`)).status).toBe(400);
  });

  it('is listed for its caller, by state, label and session', async () => {
    const gateway = await serveGateway();
    const first = await submitted(gateway, { labels: { team: 'a' } });
    await finish(gateway);
    await expect.poll(() => gateway.told.ended.length).toBe(1);
    const second = await submitted(gateway);
    const list = async (query: string, subject = 'alice') => {
      const response = await gateway.fetch(`/v1/queries${query}`, { headers: { 'x-subject': subject } });
      const { queries } = Object(await response.json());
      return queries?.map(({ runId }: { runId: string }) => `/v1/queries/${runId}`) ?? response.status;
    };
    expect(await list('')).toEqual([second, first]);
    expect(await list('?limit=1')).toEqual([second]);
    expect(await list('?state=finished')).toEqual([first]);
    expect(await list('?label=team:a')).toEqual([first]);
    expect(await list(`?sessionId=${SESSION}`)).toEqual([first]);
    expect(await list('?until=2020-01-01')).toEqual([]);
    expect(await list('', 'bob')).toEqual([]);
    expect(await list('?limit=0')).toBe(400);
    expect(await list('?stat=queued')).toBe(400);
    expect(await list('?since=2020-99-99')).toBe(400);
    const sessions = await (await gateway.fetch('/v1/sessions')).json();
    expect(sessions).toMatchObject({ sessions: [{ sessionId: SESSION, runs: 1 }], next: null });
  });
});

describe('POST /v1/sessions/{id}/queries', () => {
  it('goes on with a session, which two runs never share', async () => {
    const gateway = await serveGateway();
    await submitted(gateway);
    await finish(gateway);
    await expect.poll(() => gateway.told.ended.length).toBe(1);
    const path = `/v1/sessions/${SESSION}/queries`;
    const next = await gateway.post({ prompt: 'and then?' }, {}, `${path}?wait=false`);
    expect(next.status).toBe(202);
    expect((await gateway.held.nth(1)).request.resume).toBe(SESSION);
    for (const [way, body] of [
      [path, { prompt: 'me too' }],
      ['/v1/queries', { prompt: 'me too', sessionId: SESSION }],
    ] as const) {
      const busy = await gateway.post(body, {}, way);
      expect([busy.status, await busy.json()]).toMatchObject([409, { details: { reason: 'session_busy' } }]);
    }
    expect((await gateway.post({ prompt: 'x' }, { 'x-subject': 'bob' }, path)).status).toBe(404);
    expect((await gateway.post({ prompt: 'x', sessionId: NOBODY }, {}, path)).status).toBe(400);
    expect((await gateway.post({ prompt: 'x' }, {}, '/v1/sessions/x/queries')).status).toBe(404);
  });
});

it('pages of an origin that is allowed may read where a run is', async () => {
  const gateway = await serveGateway({ origins: ['https://app.example'] });
  const headers = { origin: 'https://app.example' };
  const response = await gateway.post({ prompt: 'hi' }, headers, '/v1/queries?wait=false');
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(response.headers.get('access-control-expose-headers')).toMatch(/location, retry-after/);
});
