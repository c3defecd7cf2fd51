import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/client.ts';
import { SluiceError } from '../../../src/errors.ts';
import type { RunEvent } from '../../../src/messages/types.ts';
import type { RunRequest } from '../../../src/request/run-request.ts';
import { authorizedFetch } from '../../../src/remote/authorized-fetch.ts';
import { tokenOfFile } from '../../../src/remote/credential.ts';
import { remoteRun } from '../../../src/remote/remote-run.ts';
import type { Spending } from '../../../src/run/budget.ts';
import type { Host } from '../../../src/run/host.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import { layWire } from '../../support/cut.ts';
import { startReceiver } from '../../support/receiver.ts';
import { assistant, init, result } from '../outcome/evidence.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { stopped } from '../servers/queries/held-runs.ts';
import { eventsOf, type ServedGateway, serveGateway } from '../servers/gateway/served.ts';

const RUN_ID = '11111111-2222-4333-8444-555555555555';

/** What a run at a gateway gives. */
function at(url: URL | string, request: RunRequest = { prompt: { text: 'hi' } }, host: Host = {}) {
  const events: RunEvent[] = [];
  const sink: Sink = { write: (event) => void events.push(event), close() {} };
  const client = createClient({ url, retries: 2 });
  const run = remoteRun({ url: String(url), client, secrets: () => ['open-sesame-4711'], close: async () => {} });
  const ended = run(request, [sink], { env: {}, ...host });
  return { events, ended };
}

const said = (events: readonly RunEvent[]) => events.map(({ message }) => message.type);

/** A server that is no gateway, and answers each request as it is told. */
async function elsewhere(answer: (path: string, res: ServerResponse) => void): Promise<string> {
  const { port } = await startReceiver((res, { path }) => answer(path, res));
  return `http://127.0.0.1:${port}`;
}

const json = (res: ServerResponse, status: number, body: unknown): void =>
  void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

async function asked(gateway: ServedGateway, request: RunRequest, host: Host = {}): Promise<RunRequest> {
  const { ended } = at(gateway.url, request, host);
  const held = await gateway.held.nth(0);
  held.finish();
  await ended;
  return held.request;
}

describe('a run at a gateway', () => {
  it('gives its events and its ending as one of this machine does', async () => {
    const gateway = await serveGateway();
    const { events, ended } = at(gateway.url);
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('Done.'), result({ result: 'Done.' })]));
    held.finish();
    const ending = await ended;
    expect(said(events)).toEqual(['system', 'assistant', 'result']);
    expect(ending).toMatchObject({ class: 'success', exitCode: 0, report: { result: { summary: 'Done.' } } });
  });

  it('is asked for with what callers may set, and what is attached', async () => {
    const gateway = await serveGateway();
    const prompt = { text: 'why?', attachments: [{ name: 'app.log', text: 'boom' }], warnings: ['the pipe was empty'] };
    const { ended } = at(gateway.url, { prompt, maxTurns: 3, jsonSchema: '{"type":"object"}', maxMessages: 20_000 });
    const held = await gateway.held.nth(0);
    held.finish();
    expect(held.request).toMatchObject({ maxTurns: 3, jsonSchema: { type: 'object' } });
    expect(held.request.prompt).toMatchObject({
      inert: 'why?',
      attachments: [{ name: 'app.log', text: 'boom' }],
    });
    expect(await ended).toMatchObject({ warnings: ['the pipe was empty'] });
  });

  it('is counted on the budget of whoever asks', async () => {
    const gateway = await serveGateway();
    const told: unknown[] = [];
    const spending: Spending = {
      settle: ({ totalCostUsd }) => told.push(totalCostUsd),
      end: async () => void told.push('end'),
    };
    const { ended } = at(gateway.url, undefined, { budget: { open: async () => spending } });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('Done.'), result({ total_cost_usd: 0.25 })]));
    held.finish();
    const { report } = await ended;
    expect(told).toEqual([report.totalCostUsd, 'end']);
  });

  it('is not asked for where nothing of the budget is left', async () => {
    const open = async () => {
      throw new SluiceError('max_budget', 'nothing is left');
    };
    const { ended } = at('http://127.0.0.1:9', undefined, { budget: { open } });
    expect(await ended).toMatchObject({ class: 'max_budget', exitCode: 5, message: 'nothing is left' });
  });

  it('takes what is piped in alone for the prompt, without its secrets', async () => {
    const gateway = await serveGateway();
    const host = { env: { DB_PASSWORD: 'hunter2-hunter2' } };
    const request = await asked(gateway, { prompt: { inert: 'login with hunter2-hunter2 failed' } }, host);
    expect(request.prompt).toMatchObject({ inert: expect.stringMatching(/^login with \[REDACTED:.*\] failed$/) });
  });

  it('masks what is a secret here in what comes back, its own credential too', async () => {
    const gateway = await serveGateway();
    const { events, ended } = at(gateway.url, undefined, { env: { DB_PASSWORD: 'hunter2-hunter2' } });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('it is hunter2-hunter2 or open-sesame-4711')]));
    held.finish();
    await ended;
    expect(JSON.stringify(events)).not.toMatch(/hunter2|sesame/);
  });

  it('loses and repeats nothing where the connection breaks', async () => {
    const gateway = await serveGateway();
    const wire = await layWire(gateway.url);
    const { events, ended } = at(wire.url);
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('one')]));
    await expect.poll(() => events.length).toBe(2);
    wire.cut();
    held.emit(...eventsOf([assistant('two')], 3));
    held.finish();
    expect(await ended).toMatchObject({ class: 'success' });
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it.each([
    ['SIGINT', { class: 'interrupted', exitCode: 130 }],
    ['SIGTERM', { class: 'interrupted', exitCode: 143 }],
    ['timeout', { class: 'timeout', exitCode: 124 }],
  ])('is cancelled there by %s, and what there was of it is kept', async (reason, ending) => {
    const gateway = await serveGateway();
    const stop = new AbortController();
    const { events, ended } = at(gateway.url, undefined, { signal: stop.signal });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('at work')]));
    await expect.poll(() => events.length).toBe(2);
    stop.abort(reason);
    expect(await ended).toMatchObject({
      ...ending,
      report: { partial: true, outcome: { evidence: { stoppedBy: reason } } },
    });
    expect(gateway.held.going()).toBe(0);
  });

  it('lets go of a gateway that does not end it, once it is forced', async () => {
    const [stop, force] = [new AbortController(), new AbortController()];
    let isFollowed = false;
    const stubborn = await elsewhere((path, res) => {
      if (path.endsWith('?wait=false')) json(res, 202, { runId: RUN_ID });
      else if (path.endsWith('/events')) {
        res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        isFollowed = true;
      }
    });
    const { ended } = at(stubborn, undefined, { signal: stop.signal, forceStop: force.signal });
    await expect.poll(() => isFollowed).toBe(true);
    stop.abort('SIGINT');
    force.abort();
    const { exitCode, warnings } = await ended;
    expect([exitCode, warnings]).toEqual([130, [`the gateway may still be at it: its run is ${RUN_ID}`]]);
  });

  it('says what else is asked of a success', async () => {
    const gateway = await serveGateway();
    const { ended } = at(gateway.url, { prompt: { text: 'hi' }, failOnDenied: true });
    const held = await gateway.held.nth(0);
    const denials = [{ tool_name: 'Bash', tool_use_id: 't', tool_input: {} }];
    held.emit(...eventsOf([init(), result({ permission_denials: denials })]));
    held.finish();
    expect(await ended).toMatchObject({ class: 'denied', exitCode: 7, report: { result: { success: false } } });
  });

  it('puts its questions here, where somebody answers them', async () => {
    const question = {
      approvalId: 'a',
      runId: RUN_ID,
      tool: 'Bash',
      shown: 'Bash {"command":"ls"}\u001b[2J',
      digest: 'd',
    };
    const answers: string[] = [];
    const { port } = await startReceiver((res, { path, body }) => {
      if (path.includes('/approvals/')) answers.push(`${path} ${body}`);
      if (path.endsWith('?wait=false')) json(res, 202, { runId: RUN_ID });
      else if (path.endsWith('/events')) {
        const put = `event: approval_required\ndata: ${JSON.stringify(question)}\n\n`;
        res.writeHead(200, { 'content-type': 'text/event-stream' }).write(put + put);
      } else json(res, 200, {});
    });
    const stop = new AbortController();
    const shown: string[] = [];
    const { ended } = at(`http://127.0.0.1:${port}`, undefined, {
      signal: stop.signal,
      forceStop: stop.signal,
      canUseTool(call) {
        shown.push(call.shown);
        return { behavior: 'allow' };
      },
    });
    await expect.poll(() => answers.length).toBe(1);
    stop.abort('SIGINT');
    await ended;
    expect(answers).toEqual([`/v1/queries/${RUN_ID}/approvals/a {"decision":"allow","digest":"d"}`]);
    expect(shown).toEqual([expect.not.stringContaining('\u001b')]);
  });
});

describe('a gateway that does not do what it is asked for', () => {
  it.each([
    ['wants a credential', 401, 'unauthorized', {}, 'auth'],
    ['lets somebody in who may not ask', 403, 'forbidden', {}, 'auth'],
    ['allows less', 403, 'forbidden', { field: 'timeoutMs' }, 'usage'],
    ['takes less', 413, 'payload_too_large', {}, 'usage'],
    ['is at work on the session', 409, 'conflict', { reason: 'session_busy' }, 'locked'],
    ['is asked too much', 429, 'rate_limited', {}, 'rate_limited'],
    ['is about to end', 503, 'unavailable', {}, 'overloaded'],
    ['failed', 500, 'server_error', {}, 'api_error'],
  ] as const)('tells that it %s', async (_, status, code, details, expected) => {
    const url = await elsewhere((_, res) =>
      json(res.setHeader('retry-after', '7'), status, {
        status: 'error',
        error_code: code,
        message: 'timeoutMs: no',
        details,
      }),
    );
    const {
      class: name,
      message,
      retryAfter,
    } = await at(url, undefined, { nameOption: (option) => `--${option}` }).ended;
    expect([name, message, retryAfter]).toEqual([expected, `${url}: --timeout: no; ask again in 7 s`, 7]);
  });

  it.each([
    ['a web page', 200, 'api_error'],
    ['that there is nothing', 404, 'usage'],
    ['a redirect', 302, 'usage'],
    ['that nothing is behind it', 502, 'network'],
  ] as const)('is told from one where something else answers %s', async (_, status, expected) => {
    const url = await elsewhere((_, res) => void res.writeHead(status).end('<html>hello</html>'));
    const ending = await at(url).ended;
    expect(ending).toMatchObject({ class: expected, message: expect.stringContaining(String(status)) });
    expect(ending.message).not.toContain('<');
  });

  it('is told from one that is not there', async () => {
    expect(await at('http://127.0.0.1:9').ended).toMatchObject({ class: 'network', exitCode: 75 });
  });

  it('is asked again under the same name where the connection breaks before it says anything', async () => {
    const keys: (string | undefined)[] = [];
    const { port } = await startReceiver((res, { headers }) => {
      keys.push(String(headers['idempotency-key']));
      res.socket?.resetAndDestroy();
    });
    const client = createClient({
      url: `http://127.0.0.1:${port}`,
      fetch: (url, init) => fetch(url, init).catch(({ cause }) => Promise.reject(cause)),
    });
    const run = remoteRun({ url: 'URL', client, secrets: () => [], close: async () => {} });
    const { class: name, exitCode } = await run({ prompt: { text: 'hi' } }, [], { env: {} });
    expect([name, exitCode, keys.length, new Set(keys).size]).toEqual(['network', 75, 3, 1]);
  });

  it('may take a token no more in the middle of a run, and takes the one that is there by then', async () => {
    const path = join(temporaryFolder(), 'token');
    writeFileSync(path, 'the-first-token', { mode: 0o600 });
    const seen: string[] = [];
    const { port } = await startReceiver((res, { path: asked, headers }) => {
      const token = String(headers['authorization']).slice('Bearer '.length);
      seen.push(`${asked.split('/').at(-1)} ${token}`);
      if (asked.endsWith('?wait=false')) return json(res, 202, { runId: RUN_ID });
      const [first, second] = eventsOf([init(), result({ result: 'fine' })]).map(
        (event, at) => `id: ${at + 1}\ndata: ${JSON.stringify(event)}\n\n`,
      );
      if (seen.length === 2) {
        // It expires while the run goes on, and the stream breaks later on.
        writeFileSync(path, 'the-second-token');
        return void res.writeHead(200).write(first, () => res.socket?.resetAndDestroy());
      }
      if (token === 'the-first-token')
        return json(res, 401, { status: 'error', error_code: 'unauthorized', message: 'expired', details: {} });
      const message = { type: 'sluice', subtype: 'notice', code: 'ending', text: 'x', report: { schemaVersion: 2 } };
      const ending = `id: 3\ndata: ${JSON.stringify({ sequence: 3, message })}\n\n`;
      res.writeHead(200).end(`${second}${ending}`);
    });
    const credential = tokenOfFile({ path, where: '--gateway-token-file' });
    const asking = authorizedFetch((url, init) => fetch(url, init), credential);
    const client = createClient({ url: `http://127.0.0.1:${port}`, fetch: asking });
    const run = remoteRun({ url: 'URL', client, secrets: credential.secrets, close: async () => {} });
    const { class: name, report } = await run({ prompt: { text: 'hi' } }, [], { env: {} });
    expect([name, report.result.summary]).toEqual(['success', 'fine']);
    expect(seen).toEqual([
      'queries?wait=false the-first-token',
      'events the-first-token',
      'events the-first-token',
      'events the-second-token',
    ]);
  });

  it('that goes away for good leaves what was there, and the name of the run', async () => {
    const gateway = await serveGateway();
    const wire = await layWire(gateway.url);
    let isCut = false;
    const client = createClient({
      url: wire.url,
      retries: 1,
      fetch: (url, init) => (isCut ? Promise.reject(new Error('gone')) : fetch(url, init)),
    });
    const events: RunEvent[] = [];
    const sink: Sink = { write: (event) => void events.push(event), close() {} };
    const run = remoteRun({ url: 'URL', client, secrets: () => [], close: async () => {} });
    const ended = run({ prompt: { text: 'hi' } }, [sink], { env: {} });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('so far')]));
    await expect.poll(() => events.length).toBe(2);
    isCut = true;
    wire.cut();
    const { class: name, warnings, report } = await ended;
    expect([name, report.partial, report.result.summary]).toEqual(['network', true, 'so far']);
    expect(warnings).toEqual([`the gateway may still be at it: its run is ${report.runId}`]);
  });

  it('is judged by its messages where its ending is of another version', async () => {
    const url = await elsewhere((path, res) => {
      if (path.endsWith('?wait=false')) return json(res, 202, { runId: RUN_ID, news: true });
      const [first, second] = eventsOf([init({ news: 1 }), result({ result: 'fine', news: {} })]);
      const ending = {
        ...second,
        sequence: 3,
        message: { type: 'sluice', subtype: 'notice', code: 'ending', text: 'x', report: { schemaVersion: 2 } },
      };
      const lines = [first, second, ending].map(
        (event, at) => `id: ${at + 1}\ndata: ${JSON.stringify({ ...event, news: 1 })}\n\n`,
      );
      res.writeHead(200, { 'content-type': 'text/event-stream' }).end(`event: news\ndata: 1\n\n${lines.join('')}`);
    });
    const { class: name, report, warnings } = await at(url).ended;
    expect([name, report.result.summary, warnings.join()]).toEqual([
      'success',
      'fine',
      expect.stringContaining('another version'),
    ]);
  });

  it('says so where there is no message to judge either', async () => {
    const url = await elsewhere((path, res) => {
      if (path.endsWith('?wait=false')) return json(res, 202, { runId: RUN_ID });
      const message = { type: 'sluice', subtype: 'notice', code: 'ending', text: 'x', report: { schemaVersion: 2 } };
      const [event] = eventsOf([init()]);
      const line = `id: 1\ndata: ${JSON.stringify({ ...event, message })}\n\n`;
      res.writeHead(200, { 'content-type': 'text/event-stream' }).end(line);
    });
    const { class: name, message } = await at(url).ended;
    expect([name, message]).toEqual([
      'api_error',
      expect.stringMatching(/^http.*no ending that is known here, and no message/),
    ]);
  });

  it('that never let it begin says why', async () => {
    const gateway = await serveGateway({ limits: { maxRuns: 1, queueTimeoutMs: 20 } });
    at(gateway.url);
    await gateway.held.nth(0);
    const { ended } = at(gateway.url);
    expect(await ended).toMatchObject({ class: 'overloaded', exitCode: 75 });
    (await gateway.held.nth(0)).finish(stopped('SIGINT'));
  });
});
