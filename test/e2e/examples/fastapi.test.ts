import { describe, expect, it } from 'vitest';
import { exampleAt, posted, startExample } from '../../support/example.ts';
import { begin, type FakeScript, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { lacks } from '../../support/programs.ts';
import type { Invocation } from '../../support/sluice.ts';

const PYTHON = '/usr/bin/python3';

/** How long a job may take, in milliseconds. */
const WAIT = { timeout: 30_000 };

const alice = { 'x-forwarded-user': 'alice' };
const bob = { 'x-forwarded-user': 'bob' };

describe.skipIf(lacks(PYTHON, ['-c', 'import fastapi, httpx, jwt, uvicorn']))('examples/fastapi', () => {
  const start = (invocation: Invocation) => {
    const home = freshHome();
    const env = { PYTHON, PYTHONDONTWRITEBYTECODE: '1' };
    return startExample(`${exampleAt('fastapi/run.sh')} ${home.project}`, { home, env, ...invocation });
  };

  it('answers, and goes on with a conversation, for its user alone; streams, works in the background, stops for a browser that leaves, and says whose a failure is', async () => {
    const counted: Step = { result: { result: 'One.' } };
    const limited: Step = { result: { subtype: 'error_max_turns', is_error: true, result: 'Half.' } };
    const keyless: Step = { result: { is_error: true, result: 'Invalid API key · Fix external API key' } };
    const fake: FakeScript = [
      [...begin, counted],
      [...begin, counted],
      [...begin, ...succeed],
      [...begin, ...succeed],
      [...begin, { say: 'at work' }, { work: true }],
      [...begin, limited, { exit: 1 }],
      [...begin, keyless, { exit: 1 }],
    ];
    const server = await start({ fake });
    const ask = posted({ prompt: 'hi' }, alice);

    expect((await server.fetch('/ask', posted({ prompt: 'hi' }))).status).toBe(401);
    expect((await server.fetch('/ask', posted({ prompt: '' }, alice))).status).toBe(422);
    const first = await server.fetch('/ask', ask);
    expect(first.status).toBe(200);
    const { session, ...rest } = Object(await first.json());
    expect(rest).toEqual({
      answer: 'One.',
      complete: true,
      run: expect.any(String),
      cost_usd: expect.any(Number),
    });
    expect((await server.fetch(`/sessions/${session}/ask`, posted({ prompt: 'hi' }, bob))).status).toBe(404);
    const next = await server.fetch(`/sessions/${session}/ask`, ask);
    expect(await next.json()).toMatchObject({ answer: 'One.', session });

    const streamed = await server.fetch('/ask/stream', ask);
    expect(streamed.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await streamed.text()).toMatch(/^retry: [^]*\nid: 1\nevent: message\n[^]*"code":"ending"/);

    const once = posted({ prompt: 'hi' }, { ...alice, 'idempotency-key': 'one' });
    const job = await server.fetch('/jobs', once);
    expect(job.status).toBe(202);
    const path = job.headers.get('location') ?? '';
    expect((await server.fetch('/jobs', once)).headers.get('location')).toBe(path);
    const answer = async (): Promise<unknown> => {
      const { answer } = Object(await (await server.fetch(path, { headers: alice })).json());
      return answer;
    };
    await expect.poll(answer, WAIT).toBe('done');
    expect((await server.fetch(path, { headers: bob })).status).toBe(404);

    const leave = new AbortController();
    const left = await server.fetch('/ask/stream', { ...ask, signal: leave.signal });
    for await (const chunk of left.body ?? []) if (Buffer.from(chunk).includes('at work')) break;
    leave.abort();
    await server.says((log) => log.includes('"ended":"disconnected"'));

    expect(await (await server.fetch('/ask', ask)).json()).toMatchObject({ complete: false });
    const failed = await server.fetch('/ask', ask);
    expect([failed.status, await failed.json()]).toEqual([502, { error: 'auth', message: 'the run failed' }]);
    // The last run was not let in by the API: so says the gateway, and the app passes it on.
    expect((await server.fetch('/readyz')).status).toBe(503);
  });
});
