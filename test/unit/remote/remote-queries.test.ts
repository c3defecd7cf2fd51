import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/client.ts';
import { remoteQueries } from '../../../src/remote/remote-queries.ts';
import type { RunEvent } from '../../../src/messages/types.ts';
import { assistant, init, result } from '../outcome/evidence.ts';
import { LOCAL } from '../servers/queries/served.ts';
import { eventsOf, serveGateway } from '../servers/gateway/served.ts';

async function served() {
  const gateway = await serveGateway();
  const client = createClient({ url: gateway.url, retries: 1 });
  const queries = remoteQueries({ url: 'URL', client, secrets: () => [], close: async () => {} }, {});
  const ask = (request: object, signal = new AbortController().signal) => {
    const events: RunEvent[] = [];
    const sink = { write: (event: RunEvent) => void events.push(event), close() {} };
    return { events, answer: queries.ask(request, LOCAL, { sink }, signal) };
  };
  return { gateway, client, queries, ask };
}

describe('queries that a gateway carries out', () => {
  it('are asked by their names, followed, answered, and can be paged', async () => {
    const { gateway, client, queries, ask } = await served();
    const { events, answer } = ask({ prompt: 'hi', maxTurns: 3, maxMessages: 1, includeSystemMessages: false });
    const held = await gateway.held.nth(0);
    held.emit(...eventsOf([init(), assistant('Done.'), result({ result: 'Done.' })]));
    held.finish();
    const { bundle, ending } = await answer;
    expect(held.request.maxTurns).toBe(3);
    expect([ending.class, bundle.result.summary, bundle.messages.length]).toEqual(['success', 'Done.', 1]);
    expect(events).toHaveLength(3);
    const [entry] = (await client.list()).queries;
    expect(await queries.page(String(entry?.runId), LOCAL, 2, 1)).toMatchObject({
      total: 3,
      next: 3,
      messages: [{ sequence: 2 }],
    });
  });

  it('are refused before they are sent, or by the gateway', async () => {
    const { queries, ask } = await served();
    await expect(ask({ prompt: 'hi', maxTurns: -1 }).answer).rejects.toMatchObject({ errorCode: 'validation_error' });
    await expect(queries.page('11111111-2222-4333-8444-555555555555', LOCAL, 1, 1)).rejects.toMatchObject({
      errorCode: 'not_found',
    });
    const { ending } = await ask({ prompt: 'hi', cwd: '/elsewhere' }).answer;
    expect([ending.class, ending.message]).toEqual(['usage', expect.stringMatching(/^URL: cwd: /)]);
  });

  it('are cancelled there when they are given up, and when all of it ends', async () => {
    const { gateway, queries, ask } = await served();
    const stop = new AbortController();
    const given = ask({ prompt: 'one' }, stop.signal);
    await gateway.held.nth(0);
    stop.abort('cancelled');
    expect((await given.answer).ending.class).toBe('interrupted');
    const ended = ask({ prompt: 'two' });
    await gateway.held.nth(1);
    await queries.close();
    expect((await ended.answer).ending.class).toBe('interrupted');
    expect(gateway.held.going()).toBe(0);
    await expect(ask({ prompt: 'three' }).answer).rejects.toMatchObject({ errorCode: 'unavailable' });
  });
});
