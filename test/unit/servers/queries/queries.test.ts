import { mkdirSync, rmdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Message, RunEvent } from '../../../../src/messages/types.ts';
import { recognise } from '../../../../src/messages/recognise.ts';
import type { CancellationReason } from '../../../../src/servers/caller.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, init, type Raw, result, SESSION, system } from '../../outcome/evidence.ts';
import { gatedSink } from '../../sinks/gated-sink.ts';
import { delta, event } from '../../stream/messages.ts';
import { holdRuns, type HeldRuns, stopped } from './held-runs.ts';
import { LOCAL, serve, type Served } from './served.ts';

const never = new Promise<void>(() => {});

function events(...messages: readonly Raw[]): RunEvent[] {
  return messages.map((message, index) => ({ ...event(recognise(message), index + 1), sessionId: SESSION }));
}

/** What came of a query: its answer's class, or the code of its refusal. */
async function fateOf(asked: ReturnType<Served['ask']>): Promise<string> {
  try {
    return (await asked).ending.class;
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.errorCode : String(thrown);
  }
}

async function refusalOf(asked: ReturnType<Served['ask']>): Promise<Refusal> {
  const thrown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(thrown).toBeInstanceOf(Refusal);
  return thrown as Refusal;
}

/** Lets everything happen that waits for nothing but its turn. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

describe('a query', () => {
  it('gives the ending and the bundle, of as many messages as were asked for', async () => {
    const { run, nth } = holdRuns();
    const { ask, told, root } = serve({ run });
    const answer = ask({ maxMessages: 2, includeSystemMessages: false });
    (await nth(0)).emit(...events(init(), assistant('One.'), assistant('Two.'), system('status'), result()));
    (await nth(0)).finish();
    const { ending, bundle } = await answer;
    expect(ending.class).toBe('success');
    expect(bundle.messages.map(({ sequence }) => sequence)).toEqual([3, 5]);
    expect(bundle.truncation).toMatchObject({ total: 5, returned: 2, limits: { maxMessages: 2, maxChars: 20_000 } });
    expect(told.ended).toMatchObject([{ ended: 'finished', refusal: null, query: { cwd: root } }]);
  });

  it('is one run, whose id everybody is told', async () => {
    const { run, nth } = holdRuns();
    const { ask, told, queries } = serve({ run });
    const started = vi.fn<(runId: string) => void>();
    const answer = ask({}, {}, { started });
    const { runId } = (await nth(0)).host;
    expect(runId).toMatch(/^[\da-f-]{36}$/);
    expect(started.mock.calls).toEqual([[runId]]);
    expect(queries.active().map((query) => query.runId)).toEqual([runId]);
    (await nth(0)).finish();
    await answer;
    expect([told.started[0]?.runId, told.ended[0]?.query.runId]).toEqual([runId, runId]);
  });

  it("goes on with a session of its caller's, and with nobody else's, not even while that runs", async () => {
    const { run, nth } = holdRuns();
    const { ask } = serve({ run });
    const first = ask({}, { subject: 'owner' });
    for (const stage of ['running', 'over']) {
      if (stage === 'running') (await nth(0)).emit(...events(init()));
      else (await nth(0)).finish();
      await (stage === 'over' ? first : idle());
      const refusal = await refusalOf(ask({ sessionId: SESSION }, { subject: 'somebody' }));
      expect(refusal).toMatchObject({ errorCode: 'not_found', message: 'sessionId: there is no such session' });
    }
    const asked = ask({ sessionId: SESSION }, { subject: 'owner' });
    (await nth(1)).finish();
    expect(await fateOf(asked)).toBe('success');
  });

  it('goes on with a session that nobody had here only where nobody has to prove anything', async () => {
    const { run, nth } = holdRuns();
    const { ask } = serve({ run });
    await refusalOf(ask({ sessionId: SESSION }, { subject: 'somebody' }));
    const asked = ask({ sessionId: SESSION });
    (await nth(0)).finish(stopped('timeout'));
    expect(await fateOf(asked)).toBe('timeout');
  });

  it('that has waited is let in anew: its folder may have become another one', async () => {
    const { run, nth } = holdRuns();
    const { ask, root } = serve({ run, limits: { maxRuns: 1 } });
    const folder = join(root, 'work');
    mkdirSync(folder);
    const asked = [ask(), ask({ cwd: folder })];
    await nth(0);
    rmdirSync(folder);
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync('elsewhere', folder);
    (await nth(0)).finish();
    expect(await Promise.all(asked.map(fateOf))).toEqual(['success', 'conflict']);
  });

  it('tells the operator how far it is', async () => {
    const { run, nth } = holdRuns();
    const { ask, queries, root } = serve({ run, limits: { maxRuns: 1 } });
    const asked = [ask(), ask({}, { subject: 'somebody' })];
    await nth(0);
    const state = () =>
      queries.active().map(({ phase, sessionId, turns, costUsd }) => [phase, sessionId, turns, costUsd]);
    expect(state()).toEqual([
      ['starting', null, 0, null],
      ['queued', null, 0, null],
    ]);
    const answers = [1, 1, 2].map((id) => assistant('…', {}, { id: `m${id}` }));
    (await nth(0)).emit(...events(init(), ...answers, assistant('…', { parent_tool_use_id: 't1' }, { id: 'm3' })));
    await idle();
    expect(state()[0]).toEqual(['running', SESSION, 2, null]);
    (await nth(0)).emit(...events(result({ total_cost_usd: 0.25 })));
    await idle();
    expect(state()[0]).toEqual(['running', SESSION, 2, 0.25]);
    expect(queries.active()[1]).toMatchObject({ caller: { ...LOCAL, subject: 'somebody' }, cwd: root });
    expect(queries.active()[1]?.elapsedMs).toBeGreaterThanOrEqual(0);
    (await nth(0)).finish();
    await asked[0];
    (await nth(1)).finish();
    await asked[1];
    expect(queries.active()).toEqual([]);
  });

  it('tells observers each thing once, and outlives those that throw', async () => {
    const { run, nth } = holdRuns();
    const broken = () => {
      throw new Error('no');
    };
    const observers = [{ queued: broken, started: broken, message: broken, ended: broken }];
    const { ask, told } = serve({ run, limits: { maxRuns: 1 }, observers });
    const follower = { queued: broken, started: broken, sink: { write: broken, close: broken } };
    const asked = [ask({}, {}, follower), ask({}, {}, follower), ask({}, {}, follower)];
    for (const index of [0, 1, 2]) {
      (await nth(index)).emit(...events(init(), result()));
      (await nth(index)).finish();
      expect(await fateOf(asked[index] ?? ask())).toBe('success');
      await idle();
    }
    expect([told.queued.length, told.started.length, told.messages, told.ended.length]).toEqual([
      2,
      3,
      [1, 2, 1, 2, 1, 2],
      3,
    ]);
  });

  it('tells how long it waited, how long it took and when the first message came', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { run, nth } = holdRuns();
    const { ask, told } = serve({ run, limits: { maxRuns: 1 } });
    const asked = [ask(), ask()];
    await nth(0);
    vi.advanceTimersByTime(500);
    (await nth(0)).finish();
    await asked[0];
    await idle();
    vi.advanceTimersByTime(30);
    (await nth(1)).emit(...events(init(), result()));
    await idle();
    vi.advanceTimersByTime(1_000);
    (await nth(1)).finish();
    await asked[1];
    expect(told.ended).toMatchObject([
      { queuedMs: 0, durationMs: 500, firstMessageMs: null },
      { queuedMs: 500, durationMs: 1_030, firstMessageMs: 30 },
    ]);
  });

  it('is a fault of the server, and told once, when its run throws', async () => {
    const { ask, told, queries } = serve({
      run: () => Promise.reject(new Error('broken\nby sk-ant-api03-' + 'aB3'.repeat(31) + 'AA')),
    });
    const refusal = await refusalOf(ask());
    expect(refusal).toMatchObject({
      errorCode: 'server_error',
      message: expect.stringMatching(/^.*broken by \[REDACTED:.*$/),
    });
    expect(told.ended).toMatchObject([{ ended: 'finished', ending: null, refusal }]);
    expect(queries.active()).toEqual([]);
  });
});

describe('a follower', () => {
  it('that stalls holds neither the place, nor the observers, nor what is kept', async () => {
    const { run, nth } = holdRuns();
    const { ask, told, queries } = serve({ run, limits: { maxRuns: 1 } });
    const sink = gatedSink();
    const asked = [ask({}, {}, { sink }), ask()];
    (await nth(0)).emit(...events(init(), assistant('Hi.'), result()));
    (await nth(0)).finish();
    await vi.waitFor(() => expect(told.started).toHaveLength(2));
    const runId = told.started[0]?.runId ?? '';
    expect([sink.taken, told.ended.length]).toEqual([[], 1]);
    expect(queries.active()).toHaveLength(1);
    expect((await queries.page(runId, LOCAL, 1, 10)).messages).toHaveLength(3);
    sink.open();
    expect((await asked[0])?.ending.class).toBe('success');
    expect([sink.taken.length, sink.closed.length]).toEqual([3, 1]);
    (await nth(1)).finish();
    await asked[1];
  });

  it('that fails is no part of the outcome', async () => {
    const { run, nth } = holdRuns();
    const { ask } = serve({ run });
    const sink = gatedSink({ write: () => Promise.reject(new Error('no')) });
    const asked = ask({}, {}, { sink });
    (await nth(0)).emit(...events(init(), result()));
    await idle();
    (await nth(0)).emit(...events(init(), result()));
    (await nth(0)).finish();
    const { ending, bundle } = await asked;
    expect([ending.class, ending.warnings, bundle.messages.length]).toEqual(['success', [], 4]);
  });

  it('that still reads when the query is given up is given up as well', async () => {
    const { run, nth } = holdRuns();
    const { ask, told } = serve({ run });
    const stop = new AbortController();
    const asked = ask({}, {}, { sink: gatedSink({ write: () => never, close: () => never }) }, stop.signal);
    (await nth(0)).emit(...events(init(), result()));
    (await nth(0)).finish();
    await vi.waitFor(() => expect(told.ended).toHaveLength(1));
    stop.abort('cancelled');
    expect(await fateOf(asked)).toBe('success');
    expect(told.ended).toMatchObject([{ ended: 'finished' }]);
  });
});

describe('a query that is not carried out', () => {
  it.each([
    ['is malformed', { prompt: 7 }, 'validation_error', { request: null, cwd: null }],
    ['is forbidden', { cwd: '/' }, 'forbidden', { request: { cwd: '/' }, cwd: null }],
  ])('because it %s starts nothing and is told to observers', async (_, request, errorCode, query) => {
    const { run, runs } = holdRuns();
    const { ask, told } = serve({ run });
    const refusal = await refusalOf(ask(request));
    expect(refusal.errorCode).toBe(errorCode);
    expect(runs).toEqual([]);
    expect(told.ended).toMatchObject([{ ended: 'refused', ending: null, refusal, durationMs: 0, query }]);
    expect([told.queued, told.started]).toEqual([[], []]);
  });

  it('because too many wait says how many', async () => {
    const { run, nth } = holdRuns();
    const { ask } = serve({ run, limits: { maxRuns: 1, maxQueued: 1 } });
    const asked = [ask(), ask()];
    expect(await refusalOf(ask())).toMatchObject({ errorCode: 'rate_limited', details: { queued: 1, limit: 1 } });
    for (const index of [0, 1]) {
      (await nth(index)).finish();
      await asked[index];
      await idle();
    }
  });

  it('because its turn did not come leaves its place to those behind it', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { run, nth } = holdRuns();
    const { ask, told } = serve({ run, limits: { maxRuns: 1, queueTimeoutMs: 1_000 } });
    const first = ask();
    const late = refusalOf(ask());
    await idle();
    vi.advanceTimersByTime(600);
    const queued = vi.fn<(ahead: number) => void>();
    const last = ask({}, {}, { queued });
    await idle();
    vi.advanceTimersByTime(400);
    expect(await late).toMatchObject({ errorCode: 'timeout', details: { queueTimeoutMs: 1_000 } });
    expect(told.ended).toMatchObject([{ ended: 'refused', ending: null, queuedMs: 1_000, durationMs: 0 }]);
    expect(queued.mock.calls).toEqual([[1], [0]]);
    (await nth(0)).finish();
    await first;
    await idle();
    (await nth(1)).finish();
    await last;
  });

  it('shows no secret of the environment and stays on one line', async () => {
    const secret = 'correct-horse-battery-9';
    const env = { PATH: '/bin', DATABASE_PASSWORD: secret };
    const { ask } = serve({ run: holdRuns().run, env });
    const refusal = await refusalOf(ask({ cwd: `/${secret}\n::error::\u001b[31m` }));
    const text = JSON.stringify([refusal.message, refusal.details]);
    expect(text).not.toContain(secret);
    expect(refusal.message).not.toMatch(/[\n\u001b]/);
  });
});

describe('giving a query up', () => {
  const reasons: readonly (readonly [CancellationReason, string])[] = [
    ['cancelled', 'SIGINT'],
    ['disconnected', 'reader_gone'],
    ['shutdown', 'SIGTERM'],
  ];

  it.each(reasons)('while it waits, as %s, takes it out of the line at once', async (reason) => {
    const { run, nth } = holdRuns();
    const { ask, told, queries } = serve({ run, limits: { maxRuns: 1 } });
    const stop = new AbortController();
    const queued = vi.fn<(ahead: number) => void>();
    const first = ask();
    const second = refusalOf(ask({}, {}, {}, stop.signal));
    const third = ask({}, {}, { queued });
    await idle();
    stop.abort(reason);
    expect(queued.mock.calls).toEqual([[1], [0]]);
    expect(await second).toMatchObject({ errorCode: 'unavailable', details: { reason } });
    expect(told.ended).toMatchObject([{ ended: reason, ending: null }]);
    expect(queries.active()).toHaveLength(2);
    (await nth(0)).finish();
    await first;
    await idle();
    (await nth(1)).finish();
    await third;
  });

  it.each(reasons)('while it runs, as %s, stops the run as %s and settles when that is over', async (reason, told) => {
    const { run, nth } = holdRuns();
    const served = serve({ run });
    const stop = new AbortController();
    const asked = served.ask({}, {}, {}, stop.signal);
    (await nth(0)).emit(...events(init()));
    await idle();
    stop.abort(reason);
    expect((await nth(0)).host.signal?.reason).toBe(told);
    expect(await fateOf(asked)).toBe('interrupted');
    expect(served.told.ended).toMatchObject([{ ended: reason, ending: { class: 'interrupted' } }]);
  });

  it('is shown as stopping, and holds its place, until nothing is left of it', async () => {
    const { run, runs, nth } = holdRuns({ stubborn: true });
    const { ask, queries } = serve({ run, limits: { maxRuns: 1 } });
    const stop = new AbortController();
    const asked = ask({}, {}, {}, stop.signal);
    const next = ask();
    await nth(0);
    stop.abort('cancelled');
    await idle();
    expect(queries.active().map(({ phase }) => phase)).toEqual(['stopping', 'queued']);
    expect(runs).toHaveLength(1);
    (await nth(0)).finish(stopped('SIGINT'));
    await asked;
    await idle();
    expect(runs).toHaveLength(2);
    (await nth(1)).finish();
    await next;
  });

  it('before it was asked starts nothing', async () => {
    const { run, runs } = holdRuns();
    const { ask, told } = serve({ run });
    expect(await fateOf(ask({}, {}, {}, AbortSignal.abort('disconnected')))).toBe('unavailable');
    expect([runs.length, told.ended[0]?.ended]).toEqual([0, 'disconnected']);
  });

  it('takes any other reason for a cancellation', async () => {
    const { run, nth } = holdRuns();
    const { ask, told } = serve({ run });
    const stop = new AbortController();
    const asked = ask({}, {}, {}, stop.signal);
    await nth(0);
    stop.abort();
    await asked;
    expect(told.ended).toMatchObject([{ ended: 'cancelled' }]);
  });

  it('is not what ended a run that had ended by itself, nor one that was out of time', async () => {
    const { run, nth } = holdRuns({ stubborn: true });
    const { ask, told } = serve({ run });
    const stop = new AbortController();
    const asked = [ask({}, {}, {}, stop.signal), ask({}, {}, {}, stop.signal)];
    await nth(1);
    stop.abort('cancelled');
    (await nth(0)).finish();
    (await nth(1)).finish(stopped('timeout'));
    await Promise.all(asked);
    expect(told.ended.map(({ ended }) => ended)).toEqual(['finished', 'timeout']);
  });
});

describe('closing', () => {
  it('gives up what waits and runs, and settles once nothing is left', async () => {
    const { run, nth } = holdRuns({ stubborn: true });
    const { ask, told, queries } = serve({ run, limits: { maxRuns: 1 } });
    const fates = [ask(), ask()].map(fateOf);
    await nth(0);
    const isClosed = vi.fn<() => void>();
    const closing = queries.close().then(isClosed);
    await idle();
    expect(await fates[1]).toBe('unavailable');
    expect(isClosed).not.toHaveBeenCalled();
    expect(await fateOf(ask())).toBe('unavailable');
    (await nth(0)).finish(stopped('SIGTERM'));
    await closing;
    expect(await fates[0]).toBe('interrupted');
    expect(told.ended.map(({ ended }) => ended)).toEqual(['shutdown', 'refused', 'shutdown']);
    await queries.close();
  });

  it('kills at once when it is asked twice', async () => {
    const { run, nth } = holdRuns({ stubborn: true });
    const { ask, queries } = serve({ run });
    const fate = fateOf(ask());
    await nth(0);
    const closing = queries.close();
    await idle();
    expect(queries.active()).toHaveLength(1);
    await queries.close();
    await closing;
    expect(await fate).toBe('interrupted');
  });

  it('settles at once where there is nothing', async () => {
    await expect(serve({}).queries.close()).resolves.toBeUndefined();
  });

  it('does not wait for followers', async () => {
    const { run, nth } = holdRuns();
    const { ask, told, queries } = serve({ run });
    const fate = fateOf(ask({}, {}, { sink: gatedSink({ write: () => never, close: () => never }) }));
    (await nth(0)).emit(...events(init(), result()));
    (await nth(0)).finish();
    await vi.waitFor(() => expect(told.ended).toHaveLength(1));
    await queries.close();
    expect(await fate).toBe('success');
  });
});

describe('paging', () => {
  async function ranOnce(served: Served, { nth }: HeldRuns, messages: readonly RunEvent[]): Promise<string> {
    const asked = served.ask({ maxMessages: 0 }, { subject: 'owner' });
    (await nth(0)).emit(...messages);
    (await nth(0)).finish();
    await asked;
    return served.told.started[0]?.runId ?? '';
  }
  const owner = { ...LOCAL, subject: 'owner' };

  it('gives the messages of a run from anywhere on, however few were asked for at first', async () => {
    const held = holdRuns();
    const served = serve({ run: held.run });
    const runId = await ranOnce(served, held, events(init(), assistant('1'), assistant('2'), result()));
    const page = async (from: number, limit: number) => {
      const { messages, total, next } = await served.queries.page(runId, owner, from, limit);
      return { sequences: messages.map(({ sequence }) => sequence), total, next };
    };
    expect(await page(1, 3)).toEqual({ sequences: [1, 2, 3], total: 4, next: 4 });
    expect(await page(4, 3)).toEqual({ sequences: [4], total: 4, next: null });
    expect(await page(3, 2)).toEqual({ sequences: [3, 4], total: 4, next: null });
    expect(await page(9, 2)).toEqual({ sequences: [], total: 4, next: null });
  });

  it('steps over pieces of partial messages', async () => {
    const held = holdRuns();
    const served = serve({ run: held.run });
    const piece: Message = delta('text', 'x');
    const runId = await ranOnce(served, held, [
      event(piece, 1),
      event(recognise(init()), 2),
      event(piece, 3),
      event(recognise(result()), 4),
    ]);
    const { messages, total, next } = await served.queries.page(runId, owner, 1, 1);
    expect([messages.map(({ sequence }) => sequence), total, next]).toEqual([[2], 2, 4]);
  });

  it('gives what is left of a run that is larger than all that may be kept', async () => {
    const held = holdRuns();
    const served = serve({ run: held.run, keep: { bytes: 2_500 } });
    const texts = Array.from({ length: 10 }, () => assistant('x'.repeat(500)));
    const runId = await ranOnce(served, held, events(...texts));
    const { messages, total, next } = await served.queries.page(runId, owner, 1, 100);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.map(({ sequence }) => sequence)).toEqual([8, 9, 10].slice(-messages.length));
    expect([total, next]).toEqual([10, null]);
  });

  it('tells somebody else no more than that there is no such run', async () => {
    const held = holdRuns();
    const served = serve({ run: held.run });
    const runId = await ranOnce(served, held, events(init()));
    const refusals = await Promise.all([
      caught(() => served.queries.page(runId, LOCAL, 1, 10)),
      caught(() => served.queries.page('8e8f1a4e-4f5f-4c07-9f0e-1d1e9ac3e1b2', owner, 1, 10)),
    ]);
    expect(refusals[0]).toMatchObject({ errorCode: 'not_found' });
    expect(refusals[0]).toEqual(refusals[1]);
  });

  it('has to wait for the end, which only the owner is told', async () => {
    const { run, nth } = holdRuns();
    const { ask, queries } = serve({ run });
    const asked = ask({}, { subject: 'owner' });
    const runId = (await nth(0)).host.runId ?? '';
    expect(await caught(() => queries.page(runId, owner, 1, 1))).toMatchObject({ errorCode: 'conflict' });
    expect(await caught(() => queries.page(runId, LOCAL, 1, 1))).toMatchObject({ errorCode: 'not_found' });
    (await nth(0)).finish();
    await asked;
  });

  async function caught(act: () => Promise<unknown>): Promise<Refusal> {
    try {
      await act();
    } catch (thrown) {
      if (thrown instanceof Refusal) return thrown;
    }
    throw new Error('nothing was refused');
  }
});

describe('many queries', { timeout: 60_000 }, () => {
  it('never run more than may, lose no place, and are each told of once', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ does: fc.constant('ask' as const), who: fc.constantFrom('a', 'b', 'c') }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('finish' as const), which: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const), which: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        fc.array(step, { maxLength: 40 }),
        async (maxRuns, maxRunsPerCaller, steps) => {
          const held = holdRuns();
          const { ask, told, queries } = serve({ run: held.run, limits: { maxRuns, maxRunsPerCaller, maxQueued: 5 } });
          const stops: AbortController[] = [];
          const fates: Promise<string>[] = [];
          for (const step of steps) {
            if (step.does === 'ask') {
              const stop = new AbortController();
              stops.push(stop);
              fates.push(fateOf(ask({}, { subject: step.who }, {}, stop.signal)));
            } else if (step.does === 'finish') held.runs[step.which % held.runs.length]?.finish();
            else if (step.does === 'cancel') stops[step.which % stops.length]?.abort('cancelled');
            else await idle();
            expect(held.going()).toBeLessThanOrEqual(maxRuns);
          }
          // Whatever waits gets its turn in the end.
          for (let ended = -1; ended < held.runs.length;) {
            ended = held.runs.length;
            for (const run of held.runs) run.finish();
            await idle();
          }
          const ends = await Promise.all(fates);
          expect(queries.active()).toEqual([]);
          expect(new Set(told.ended.map(({ query }) => query.runId)).size).toBe(ends.length);
          expect(told.ended).toHaveLength(ends.length);
          expect(told.started).toHaveLength(held.runs.length);
          const places = Array.from({ length: maxRuns }, () => fateOf(ask({}, { subject: `new ${fates.length}` })));
          const free = Math.min(maxRuns, maxRunsPerCaller ?? maxRuns);
          await idle();
          expect(held.going()).toBe(free);
          await queries.close();
          await Promise.all(places);
        },
      ),
      { numRuns: rounds(20) },
    );
  });
});
