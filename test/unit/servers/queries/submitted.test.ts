import { describe, expect, it } from 'vitest';
import { recognise } from '../../../../src/messages/recognise.ts';
import type { RunEvent } from '../../../../src/messages/types.ts';
import type { FeedItem } from '../../../../src/runs/run-feed.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { assistant, init, type Raw, result, SESSION } from '../../outcome/evidence.ts';
import { delta, event } from '../../stream/messages.ts';
import { holdRuns, stopped } from './held-runs.ts';
import { LOCAL, serve } from './served.ts';

const somebody = { ...LOCAL, subject: 'somebody' };
const never = new AbortController().signal;

function events(...messages: readonly Raw[]): RunEvent[] {
  return messages.map((message, index) => ({ ...event(recognise(message), index + 1), sessionId: SESSION }));
}

/** Lets everything happen that waits for nothing but its turn. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

async function refusalOf(act: () => unknown): Promise<Refusal> {
  try {
    await act();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

/** Takes all that follows a run, until it ends. */
async function take(feed: AsyncIterable<FeedItem>): Promise<string[]> {
  const taken: string[] = [];
  for await (const item of feed) taken.push(told(item));
  return taken;
}

function told(item: FeedItem): string {
  if (item.kind === 'resync') return `resync ${item.next}`;
  const { message } = JSON.parse(item.json);
  const name = message.type === 'sluice' && 'code' in message ? String(message.code) : message.type;
  return item.kind === 'piece' ? `piece ${name}` : `${item.id} ${name}`;
}

describe('a submitted query', () => {
  it('goes on without its caller, who finds it by its id', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId, isNew } = await queries.submit({ prompt: 'hi' }, LOCAL, { labels: { team: 'a' } });
    expect(isNew).toBe(true);
    expect((await nth(0)).host.runId).toBe(runId);
    expect(await queries.find(runId, LOCAL)).toMatchObject({ state: 'running', labels: { team: 'a' }, report: null });
    (await nth(0)).emit(...events(init(), assistant('Done.'), result()));
    (await nth(0)).finish();
    const { ending, bundle, isKept } = await queries.result(runId, LOCAL);
    expect([ending.class, bundle.messages.length, isKept]).toEqual(['success', 3, true]);
    expect(await queries.find(runId, LOCAL)).toMatchObject({ state: 'finished', ended: 'finished', class: 'success' });
    expect((await queries.page(runId, LOCAL, 1, 10)).messages).toEqual(bundle.messages);
  });

  it('comes to the same as one that was waited for', async () => {
    const { run, nth } = holdRuns();
    const { ask, queries, told } = serve({ run });
    const asked = ask({ maxMessages: 2 });
    (await nth(0)).emit(...events(init(), assistant('One.'), assistant('Two.'), result()));
    (await nth(0)).finish();
    const answer = await asked;
    expect(await queries.result(told.started[0]?.runId ?? '', LOCAL)).toEqual(answer);
  });

  it('is told of where it waits, and refused where too many do', async () => {
    const { run, nth } = holdRuns();
    const { queries, told } = serve({ run, limits: { maxRuns: 1, maxQueued: 1 } });
    const first = await queries.submit({ prompt: '1' }, LOCAL);
    const second = await queries.submit({ prompt: '2' }, LOCAL);
    expect(await refusalOf(() => queries.submit({ prompt: '3' }, LOCAL))).toMatchObject({ errorCode: 'rate_limited' });
    const states = async () => (await queries.list(LOCAL, {}, 10, null)).runs.map(({ runId, state }) => [runId, state]);
    expect(await states()).toEqual([
      [second.runId, 'queued'],
      [first.runId, 'running'],
    ]);
    expect(told.ended.map(({ ended }) => ended)).toEqual(['refused']);
    (await nth(0)).finish();
    (await nth(1)).finish();
    await queries.result(second.runId, LOCAL);
    expect((await states()).map(([, state]) => state)).toEqual(['finished', 'finished']);
  });

  it('whose turn did not come is still known, with the reason', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run, limits: { maxRuns: 1, queueTimeoutMs: 5 } });
    await queries.submit({ prompt: '1' }, LOCAL);
    const { runId } = await queries.submit({ prompt: '2' }, LOCAL);
    expect(await refusalOf(() => queries.result(runId, LOCAL))).toMatchObject({ errorCode: 'timeout' });
    expect(await queries.find(runId, LOCAL)).toMatchObject({ state: 'refused', failure: { error_code: 'timeout' } });
    expect(await take(await queries.events(runId, LOCAL, 1))).toEqual([]);
    (await nth(0)).finish();
  });

  it('can be cancelled, which settles once nothing is left of it', async () => {
    const { run, nth } = holdRuns({ stubborn: true });
    const { queries } = serve({ run, limits: { maxRuns: 1 } });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    const waiting = await queries.submit({ prompt: 'hi' }, LOCAL);
    expect(await queries.cancel(waiting.runId, LOCAL)).toMatchObject({ state: 'refused', ended: 'cancelled' });
    const held = await nth(0);
    const cancelled = queries.cancel(runId, LOCAL);
    await idle();
    expect(held.host.signal?.aborted).toBe(true);
    expect(queries.active()).toMatchObject([{ phase: 'stopping' }]);
    held.finish(stopped('SIGINT'));
    expect(await cancelled).toMatchObject({ state: 'finished', ended: 'cancelled', class: 'interrupted' });
    expect(await queries.cancel(runId, LOCAL)).toMatchObject({ ended: 'cancelled' });
  });

  it('is known to nobody else', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    const unknown = '8e8f1a4e-4f5f-4c07-9f0e-1d1e9ac3e1b2';
    const foreign = [
      (id: string) => queries.find(id, somebody),
      (id: string) => queries.events(id, somebody, 1),
      (id: string) => queries.result(id, somebody),
      (id: string) => queries.page(id, somebody, 1, 1),
      (id: string) => queries.cancel(id, somebody),
    ];
    for (const act of foreign) {
      const refusal = await refusalOf(() => act(runId));
      expect(refusal).toMatchObject({ errorCode: 'not_found' });
      expect(refusal).toEqual(await refusalOf(() => act(unknown)));
    }
    expect(await queries.list(somebody, {}, 10, null)).toEqual({ runs: [], next: null });
    (await nth(0)).finish();
  });

  it('is remembered without the secrets in its request', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const secret = 'correct-horse-battery-9';
    const token = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
    const request = { prompt: `password: ${secret}`, jsonSchema: { type: 'object', properties: { [token]: {} } } };
    const labels = { password: secret, [token]: 'a name' };
    const { runId } = await queries.submit(request, LOCAL, { labels });
    expect(JSON.stringify(await queries.find(runId, LOCAL))).not.toMatch(new RegExp(`${secret}|${token}`));
    (await nth(0)).finish();
  });
});

describe('the events of a run', () => {
  it('are those that were, then those that come, then the ending; pieces have no id', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    const held = await nth(0);
    const [first, second, third] = events(init(), assistant('One.'), result());
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
    held.emit(first, event(delta('text', 'x'), 2), { ...second, sequence: 3 });
    await idle();
    const all = take(await queries.events(runId, LOCAL, 1));
    const later = take(await queries.events(runId, LOCAL, 3));
    await idle();
    held.emit(event(delta('text', 'y'), 4), { ...third, sequence: 5 });
    held.finish();
    expect(await all).toEqual(['1 system', '2 assistant', 'piece stream_event', '3 result', '4 ending']);
    expect(await later).toEqual(['piece stream_event', '3 result', '4 ending']);
    for (const [from, count] of [1, 2, 3, 4, 5].map((from) => [from, 5 - from] as const))
      expect(await take(await queries.events(runId, LOCAL, from))).toHaveLength(count);
  });

  it('can be left while the run goes on', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    const stop = new AbortController();
    const taken = take(await queries.events(runId, LOCAL, 1, stop.signal));
    (await nth(0)).emit(...events(init()));
    await idle();
    stop.abort();
    expect(await taken).toEqual(['1 system']);
    expect(queries.active()).toMatchObject([{ phase: 'running' }]);
    (await nth(0)).finish();
  });

  it('that are kept no more are told of', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run, keep: { bytes: 2_500 } });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    (await nth(0)).emit(...events(...Array.from({ length: 10 }, () => assistant('x'.repeat(500)))));
    (await nth(0)).finish();
    await queries.result(runId, LOCAL);
    const taken = await take(await queries.events(runId, LOCAL, 2));
    const first = 11 - (taken.length - 2);
    expect(first).toBeGreaterThan(2);
    expect([taken[0], taken[1], taken.at(-1)]).toEqual([`resync ${first}`, `${first} assistant`, '11 ending']);
  });

  it('reach a reader that is slower than memory has room for, each once', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL);
    const held = await nth(0);
    const feed = await queries.events(runId, LOCAL, 1);
    const ids: number[] = [];
    let sequence = 0;
    for (let round = 0; round < 3; round++) {
      held.emit(...Array.from({ length: 400 }, () => event(recognise(assistant('…')), ++sequence)));
      await idle();
      const { value } = await feed.next();
      if (value?.kind === 'event') ids.push(value.id);
    }
    held.finish();
    for await (const item of feed) if (item.kind === 'event') ids.push(item.id);
    expect(ids).toEqual(Array.from({ length: 1_201 }, (_, index) => index + 1));
  });
});

describe('a key', () => {
  it('leads to the run of the same request, while it goes on and afterwards', async () => {
    const { run, runs, nth } = holdRuns();
    const { queries, ask } = serve({ run });
    const submit = () => queries.submit({ prompt: 'hi', maxTurns: 3 }, LOCAL, { key: 'k' });
    const { runId } = await submit();
    expect(await submit()).toEqual({ runId, isNew: false });
    const waited = queries.ask({ maxTurns: 3, prompt: 'hi' }, LOCAL, {}, never, { key: 'k' });
    (await nth(0)).finish();
    expect((await waited).bundle.runId).toBe((await queries.result(runId, LOCAL)).bundle.runId);
    expect(await submit()).toEqual({ runId, isNew: false });
    expect(runs).toHaveLength(1);
    const other = ask({}, { subject: 'somebody' });
    (await nth(1)).finish();
    await other;
  });

  it('is for one request', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL, { key: 'k' });
    const refusal = await refusalOf(() => queries.submit({ prompt: 'ho' }, LOCAL, { key: 'k' }));
    expect(refusal).toMatchObject({ errorCode: 'conflict', details: { reason: 'key_reused', runId } });
    expect((await queries.submit({ prompt: 'ho' }, somebody, { key: 'k' })).isNew).toBe(true);
    (await nth(0)).finish();
    (await nth(1)).finish();
  });

  it('leads there where there is no room, and others are refused before anything is done for them', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run, limits: { maxRuns: 1, maxQueued: 0 } });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL, { key: 'k' });
    expect(await queries.submit({ prompt: 'hi' }, LOCAL, { key: 'k' })).toEqual({ runId, isNew: false });
    const refusal = await refusalOf(() => queries.submit({ prompt: 'hi', cwd: '/not/looked/at' }, LOCAL));
    expect(refusal.errorCode).toBe('rate_limited');
    (await nth(0)).finish();
  });

  it('of a request that was not let in can be used again', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run, limits: { maxRuns: 1, maxQueued: 0 } });
    const first = await queries.submit({ prompt: '1' }, LOCAL);
    const again = () => queries.submit({ prompt: '2' }, LOCAL, { key: 'k' });
    expect(await refusalOf(again)).toMatchObject({ errorCode: 'rate_limited' });
    (await nth(0)).finish();
    await queries.result(first.runId, LOCAL);
    await idle();
    expect((await again()).isNew).toBe(true);
    (await nth(1)).finish();
  });

  it('does not make who leaves give up a run that others asked for', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const { runId } = await queries.submit({ prompt: 'hi' }, LOCAL, { key: 'k' });
    const stop = new AbortController();
    const refusal = refusalOf(() => queries.ask({ prompt: 'hi' }, LOCAL, {}, stop.signal, { key: 'k' }));
    stop.abort('disconnected');
    expect(await refusal).toMatchObject({ errorCode: 'unavailable', details: { runId } });
    expect((await queries.find(runId, LOCAL)).state).toBe('running');
    (await nth(0)).finish();
  });
});

describe('sessions', () => {
  it('are listed with what they cost, and have one run at a time where that is asked for', async () => {
    const { run, nth } = holdRuns();
    const { queries } = serve({ run });
    const first = await queries.submit({ prompt: '1' }, LOCAL);
    (await nth(0)).emit(...events(init()));
    await idle();
    const goOn = () => queries.submit({ prompt: '2', sessionId: SESSION }, LOCAL, { alone: true });
    const refusal = await refusalOf(goOn);
    expect(refusal).toMatchObject({ errorCode: 'conflict', details: { reason: 'session_busy', runId: first.runId } });
    (await nth(0)).finish();
    await queries.result(first.runId, LOCAL);
    const second = await goOn();
    expect(await queries.sessions(LOCAL, 10, null)).toMatchObject({
      sessions: [{ sessionId: SESSION, runs: 2, lastRunId: second.runId, lastState: 'running' }],
      next: null,
    });
    expect((await queries.sessions(somebody, 10, null)).sessions).toEqual([]);
    (await nth(1)).finish();
  });
});
