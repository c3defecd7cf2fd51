import { describe, expect, it } from 'vitest';
import { parseQuota } from '../../../../src/quotas/quota.ts';
import { createMemoryLedger } from '../../../../src/quotas/memory-ledger.ts';
import type { Ledger } from '../../../../src/quotas/ledger.ts';
import { createCallerQuotas, quotaKindOf } from '../../../../src/servers/caller-quotas.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { init, result } from '../../outcome/evidence.ts';
import { endingOf } from '../../sinks/endings.ts';
import { type HeldRuns, holdRuns } from './held-runs.ts';
import { LOCAL, serve, type Serving } from './served.ts';

const never = new AbortController().signal;
const alice = { ...LOCAL, subject: 'alice' };

interface Options extends Serving {
  readonly ledger?: Ledger;
}

function served(quotas: string, { run }: HeldRuns, { ledger = createMemoryLedger('UTC'), ...more }: Options = {}) {
  const faults: unknown[] = [];
  const callerQuotas = createCallerQuotas({
    ledger,
    quotas: quotas.split(' ').map(parseQuota),
    onFault: (fault) => void faults.push(fault),
  });
  return { ...serve({ callerQuotas, run, ...more }), faults };
}

async function refusalOf(asked: Promise<unknown>): Promise<Refusal> {
  const thrown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof Refusal) return thrown;
  throw new Error(`no refusal: ${String(thrown)}`);
}

/** What claude tells at the end of a run that cost so much. */
const ended = (usd: number | null) =>
  endingOf([
    init(),
    result({
      total_cost_usd: usd ?? undefined,
      usage: {
        input_tokens: 10,
        output_tokens: 5,
        cache_creation_input_tokens: 2,
        cache_read_input_tokens: 1_000,
      },
    }),
  ]);

/** Has a query run to its end, as the one of that index. */
async function runOne({ nth }: HeldRuns, ask: () => Promise<unknown>, index: number, ending = ended(0.5)) {
  const answer = ask();
  (await nth(index)).finish(ending);
  await answer;
}

describe('a quota', () => {
  it('of dollars keeps its caller out once they are spent, and says until when', async () => {
    const held = holdRuns();
    const { ask, told } = served('1usd/month', held);
    await runOne(held, () => ask(), 0);
    await runOne(held, () => ask(), 1);
    const refusal = await refusalOf(ask());
    const [, resetsAt = ''] = /it resets at (\S+)$/.exec(refusal.message) ?? [];
    expect(refusal).toMatchObject({
      errorCode: 'rate_limited',
      message: `your quota is 1usd/month: $1 used; it resets at ${resetsAt}`,
      details: { reason: 'quota', quota: '1usd/month', used: 1, reserved: 0, wanted: 0, resetsAt },
    });
    expect(resetsAt).toMatch(/^20\d\d-\d\d-01T00:00:00\+00:00$/);
    expect(Number(refusal.details['retryAfter'])).toBeCloseTo((Date.parse(resetsAt) - Date.now()) / 1_000, -1);
    expect(quotaKindOf(refusal)).toBe('usd/month');
    expect(told.ended.at(-1)).toMatchObject({ ended: 'refused', refusal });
    await runOne(held, () => ask({}, alice), 2);
  });

  it('of dollars sets aside what a run may cost, until it has ended', async () => {
    const held = holdRuns();
    const { ask } = served('2usd/day', held);
    const first = ask({ maxBudgetUsd: 1.5 });
    const run = await held.nth(0);
    expect((await refusalOf(ask({ maxBudgetUsd: 1 }))).message).toBe(
      'your quota is 2usd/day: $0 used, $1.5 set aside for runs under way, and this run may cost $1; ask with a lower maxBudgetUsd, or ask again when one of those under way has ended',
    );
    run.finish(ended(0.25));
    await first;
    const refusal = await refusalOf(ask({ maxBudgetUsd: 1.8 }));
    expect(refusal.message).toMatch(
      /\$0.25 used, and this run may cost \$1.8; ask with a lower maxBudgetUsd, or again when it/,
    );
    const tooMuch = await refusalOf(ask({ maxBudgetUsd: 3 }));
    expect(tooMuch.message).toMatch(/this run may cost \$3; ask with a lower maxBudgetUsd$/);
    expect(tooMuch.details).not.toHaveProperty('retryAfter');
    await runOne(held, () => ask({ maxBudgetUsd: 1.75 }), 1, ended(1.75));
    expect((await refusalOf(ask())).details).toMatchObject({ used: 2 });
  });

  it('of tokens counts those that the API counts', async () => {
    const held = holdRuns();
    const { ask } = served('17tokens/day', held);
    await runOne(held, () => ask(), 0);
    expect((await refusalOf(ask())).message).toMatch(/^your quota is 17tokens\/day: 17 used; it resets at /);
  });

  it('of requests counts those that were let in, within a minute', async () => {
    const held = holdRuns();
    const { ask } = served('1requests/minute', held);
    expect((await refusalOf(ask({ model: 3 }))).errorCode).toBe('validation_error');
    await runOne(held, () => ask(), 0);
    const { details } = await refusalOf(ask());
    expect(details).toMatchObject({ quota: '1requests/minute', used: 1 });
    expect(details['retryAfter']).toBeGreaterThan(50);
    expect(details['retryAfter']).toBeLessThanOrEqual(60);
  });

  it('of runs counts those that wait or go on', async () => {
    const held = holdRuns();
    const { queries } = served('2runs', held, { limits: { maxRuns: 1 } });
    await queries.submit({ prompt: 'hi' }, alice);
    const { runId } = await queries.submit({ prompt: 'hi' }, alice);
    const refusal = await refusalOf(queries.submit({ prompt: 'hi' }, alice));
    expect(refusal).toMatchObject({
      message: 'your quota is 2runs: 2 are under way; ask again when one of those under way has ended',
      details: { resetsAt: null, retryAfter: 20 },
    });
    expect(quotaKindOf(refusal)).toBe('runs');
    await queries.cancel(runId, alice);
    await queries.submit({ prompt: 'hi' }, alice);
  });

  it('of a caller goes before that of all of its kind', async () => {
    const held = holdRuns();
    const { ask } = served('1requests/day 2runs', held);
    const rich = { ...alice, quotas: [parseQuota('2requests/day')] };
    await runOne(held, () => ask({}, rich), 0);
    await runOne(held, () => ask({}, rich), 1);
    expect((await refusalOf(ask({}, rich))).details).toMatchObject({ quota: '2requests/day' });
  });

  it('takes nothing for what was not carried out, or was before', async () => {
    const held = holdRuns();
    const { queries, ask } = served('2requests/day', held, { limits: { maxRuns: 1, maxQueued: 0 } });
    const { runId } = await queries.submit({ prompt: 'hi' }, alice, { key: 'one' });
    expect((await refusalOf(ask({}, alice))).details).toMatchObject({ reason: 'queue_full' });
    expect(await queries.submit({ prompt: 'hi' }, alice, { key: 'one' })).toEqual({ runId, isNew: false });
    (await held.nth(0)).finish(ended(0.5));
    await queries.result(runId, alice);
    const gone = new AbortController();
    gone.abort('disconnected');
    expect((await refusalOf(ask({}, alice, {}, gone.signal))).errorCode).toBe('unavailable');
    await runOne(held, () => ask({}, alice), 1);
    expect((await refusalOf(ask({}, alice))).details).toMatchObject({ used: 2 });
  });

  it('keeps out as well who asks the same once more in the meantime', async () => {
    const held = holdRuns();
    const { queries, ask } = served('1requests/day', held);
    await runOne(held, () => ask({}, alice), 0);
    const asked = [
      queries.submit({ prompt: 'hi' }, alice, { key: 'one' }),
      queries.submit({ prompt: 'hi' }, alice, { key: 'one' }),
      queries.ask({ prompt: 'hi' }, alice, {}, never, { key: 'one' }),
    ];
    const refusals = await Promise.all(asked.map(refusalOf));
    expect(refusals.map(({ errorCode }) => errorCode)).toEqual(Array(3).fill('rate_limited'));
    expect((await queries.list(alice, {}, 10, null)).runs).toHaveLength(1);
  });

  it('takes what was set aside where claude was cut off before it told what it cost', async () => {
    const held = holdRuns();
    const { ask } = served('1usd/day', held);
    await runOne(held, () => ask({ maxBudgetUsd: 1 }), 0, ended(null));
    expect((await refusalOf(ask())).details).toMatchObject({ used: 1 });
  });

  it('that cannot be looked up keeps everybody out that it is for', async () => {
    const held = holdRuns();
    const ledger = {
      ...createMemoryLedger(),
      book: () => Promise.reject(new Error('disk I/O error')),
    };
    const { queries, faults } = served('1usd/day', held, { ledger });
    const refusal = await refusalOf(queries.ask({ prompt: 'hi' }, alice, {}, never));
    expect([refusal.errorCode, String(faults[0]), quotaKindOf(refusal)]).toEqual([
      'unavailable',
      'Error: disk I/O error',
      null,
    ]);
    expect(held.runs).toEqual([]);
  });
});
