import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { recognise } from '../../../../src/messages/recognise.ts';
import type { RunEvent } from '../../../../src/messages/types.ts';
import { addressOf } from '../../../../src/redis-connection/address.ts';
import { loadRedis } from '../../../../src/redis-connection/driver.ts';
import { openLink } from '../../../../src/redis-connection/link.ts';
import { parseQuota } from '../../../../src/quotas/quota.ts';
import type { Orphan } from '../../../../src/runs/orphan.ts';
import { openRedisRuns } from '../../../../src/runs/redis/redis-runs.ts';
import type { FeedItem } from '../../../../src/runs/run-feed.ts';
import { openApprovals } from '../../../../src/servers/approvals/open-approvals.ts';
import { sharedApprovals } from '../../../../src/servers/approvals/shared-approvals.ts';
import { createCallerQuotas } from '../../../../src/servers/caller-quotas.ts';
import { refusingRuns } from '../../../../src/servers/queries/refusing-runs.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { type RedisServer, redisIn, startRedis } from '../../../support/redis.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { assistant, init, type Raw, result, SESSION } from '../../outcome/evidence.ts';
import { delta, event } from '../../stream/messages.ts';
import { holdRuns } from './held-runs.ts';
import { LOCAL, serve, type Serving } from './served.ts';

vi.setConfig({ testTimeout: 60_000 });

const somebody = { ...LOCAL, subject: 'somebody' };
const LEASE_MS = 600;

let shared: RedisServer;
let fleets = 0;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-redis-'));
  shared = await redisIn(folder);
  return async () => {
    await shared.kill();
    rmSync(folder, { recursive: true });
  };
});

interface Joining extends Pick<Serving, 'limits'> {
  readonly redis?: RedisServer;
  readonly keep?: number;
  readonly keepBytes?: number;
  readonly quotas?: readonly string[];
  /** Longer where none is to be taken for dead, however busy the machine is. */
  readonly leaseMs?: number;
}

/** One replica of a fleet of that name, whose runs the test holds. */
async function joined(
  name: string,
  { redis = shared, keep = 100, keepBytes = 1024 * 1024, quotas = [], leaseMs = LEASE_MS, ...serving }: Joining = {},
) {
  const address = addressOf(redis.url);
  if (address === null) throw new Error(`${redis.url} is no address`);
  const own = await openLink(await loadRedis(), address, { say() {}, patienceMs: Number.POSITIVE_INFINITY });
  atTestEnd(own.close);
  // A dead one closes nothing: what it has open would be connected again and again, beside the tests of other files.
  const another = () => {
    const more = own.another();
    atTestEnd(() => more.disconnect());
    return more;
  };
  const link = { ...own, another };
  const faults: unknown[] = [];
  const onFault = (error: unknown): void => void faults.push(error);
  const limits = { runs: keep, bytes: keepBytes, ageMs: 60_000 };
  const opened = await openRedisRuns({ link, name, limits, leaseMs, onFault });
  const orphans: Orphan[] = [];
  opened.onOrphan((orphan) => void orphans.push(orphan));
  const held = holdRuns();
  const { queries, told } = serve({
    ...serving,
    run: held.run,
    runs: refusingRuns(opened.runs, onFault),
    callerQuotas: createCallerQuotas({ ledger: opened.ledger, quotas: quotas.map(parseQuota), onFault }),
  });
  const approvals = sharedApprovals(openApprovals(), opened.board, onFault);
  let isDead = false;
  atTestEnd(async () => {
    if (isDead) return;
    await queries.close();
    await opened.close();
  });
  return {
    queries,
    approvals,
    told,
    held,
    orphans,
    faults,
    opened,
    /** Has nothing be heard of it any more. */
    die() {
      isDead = true;
      link.close();
    },
  };
}

/** Two of a fleet of their own. */
async function both(joining: Joining = {}) {
  const name = `fleet-${++fleets}`;
  return { name, one: await joined(name, joining), two: await joined(name, joining) };
}

function events(...messages: readonly Raw[]): RunEvent[] {
  return messages.map((message, index) => ({ ...event(recognise(message), index + 1), sessionId: SESSION }));
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

async function take(feed: AsyncIterable<FeedItem>): Promise<string[]> {
  const taken: string[] = [];
  for await (const item of feed) taken.push(tell(item));
  return taken;
}

function tell(item: FeedItem): string {
  if (item.kind === 'resync') return `resync ${item.next}`;
  const { message } = JSON.parse(item.json);
  const name = message.type === 'sluice' && 'code' in message ? String(message.code) : message.type;
  return item.kind === 'piece' ? `piece ${name}` : `${item.id} ${name}`;
}

describe('a run of one replica', () => {
  it('is found, followed and told of by another, as by its own', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL, { labels: { team: 'a' } });
    const run = await one.held.nth(0);
    await vi.waitFor(async () => expect((await two.queries.find(runId, LOCAL)).state).toBe('running'));
    const [followed, own] = [await two.queries.events(runId, LOCAL, 1), await one.queries.events(runId, LOCAL, 1)];
    const taken = [take(followed), take(own)];
    run.emit(...events(init(), assistant('Done.'), result()));
    await vi.waitFor(async () => expect((await two.queries.find(runId, LOCAL)).messages).toBe(3));
    run.finish();
    const all = ['1 system', '2 assistant', '3 result', '4 ending'];
    expect(await Promise.all(taken)).toEqual([all, all]);
    for (const from of [1, 2, 3, 4, 5])
      expect(await take(await two.queries.events(runId, LOCAL, from))).toEqual(all.slice(from - 1));
    const { ending, bundle, isKept } = await two.queries.result(runId, LOCAL);
    expect([ending.class, bundle.messages.length, isKept]).toEqual(['success', 3, true]);
    expect(bundle).toEqual((await one.queries.result(runId, LOCAL)).bundle);
    expect((await two.queries.page(runId, LOCAL, 2, 1)).next).toBe(3);
    expect((await two.queries.list(LOCAL, { labels: { team: 'a' } }, 10, null)).runs).toMatchObject([{ runId }]);
    expect((await two.queries.list(LOCAL, { labels: { team: 'b' } }, 10, null)).runs).toEqual([]);
    expect((await two.queries.sessions(LOCAL, 10, null)).sessions).toMatchObject([{ sessionId: SESSION, runs: 1 }]);
  });

  it('tells pieces of messages elsewhere, too, in their places', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    const [first, second] = events(init(), assistant('One.'));
    if (first === undefined || second === undefined) throw new Error('too few');
    run.emit(first);
    const feed = await two.queries.events(runId, LOCAL, 1);
    expect(tell((await feed.next()).value ?? { kind: 'resync', next: 0 })).toBe('1 system');
    const rest = take(feed);
    await sleep(100);
    run.emit(event(delta('text', 'x'), 2), event(delta('text', 'y'), 3), { ...second, sequence: 4 });
    run.finish();
    expect(await rest).toEqual(['piece stream_event', 'piece stream_event', '2 assistant', '3 ending']);
  });

  it('is nobody else’s there, either', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    for (const act of [two.queries.find, two.queries.result, two.queries.cancel])
      expect(await refusalOf(() => act(runId, somebody))).toMatchObject({ errorCode: 'not_found' });
    expect((await two.queries.list(somebody, {}, 10, null)).runs).toEqual([]);
  });

  it('is cancelled from another', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    await one.held.nth(0);
    expect(await two.queries.cancel(runId, LOCAL)).toMatchObject({ state: 'finished', ended: 'cancelled' });
    await vi.waitFor(() => expect(one.told.ended).toMatchObject([{ ended: 'cancelled' }]));
  });

  it('is the one of its key, whichever is asked, also at once', async () => {
    const { one, two } = await both({ limits: { maxRuns: 20 } });
    const asked = Array.from({ length: 10 }, (_, nth) =>
      (nth % 2 === 0 ? one : two).queries.submit({ prompt: 'hi' }, LOCAL, { key: 'k' }),
    );
    const submitted = await Promise.all(asked);
    expect(new Set(submitted.map(({ runId }) => runId)).size).toBe(1);
    expect(submitted.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await refusalOf(() => two.queries.submit({ prompt: 'ho' }, LOCAL, { key: 'k' }))).toMatchObject({
      details: { reason: 'key_reused' },
    });
    expect((await two.queries.submit({ prompt: 'hi' }, somebody, { key: 'k' })).isNew).toBe(true);
  });

  it('keeps its session from other runs, other callers and replicas that have no transcript', async () => {
    const { one, two } = await both();
    await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    run.emit(...events(init()));
    const goOn = (caller = LOCAL, at = two) =>
      refusalOf(() => at.queries.submit({ prompt: 'and?', sessionId: SESSION }, caller, { alone: true }));
    await vi.waitFor(async () => expect(await goOn(LOCAL, one)).toMatchObject({ details: { reason: 'session_busy' } }));
    expect(await goOn(somebody)).toMatchObject({ errorCode: 'not_found' });
    expect(await goOn()).toMatchObject({ errorCode: 'conflict', details: { reason: 'session_elsewhere' } });
  });

  it('is forgotten when there are too many, with all that was known of it', async () => {
    const { name, one, two } = await both({ keep: 1 });
    for (const nth of [0, 1]) {
      const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL, { key: String(nth) });
      (await one.held.nth(nth)).finish();
      await two.queries.result(runId, LOCAL);
    }
    const { opened, ...third } = await joined(name, { keep: 1 });
    await vi.waitFor(async () => expect((await third.queries.list(LOCAL, {}, 10, null)).runs).toHaveLength(1), 15_000);
    await opened.close();
  });

  it('has no record any more when records take too much, however many those are', async () => {
    const { name, one } = await both();
    for (const nth of [0, 1, 2]) {
      const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
      (await one.held.nth(nth)).finish();
      await one.queries.result(runId, LOCAL);
    }
    const recorded = (): string => shared.cli('ZCARD', `sluice-runs:${name}:recorded`);
    expect(recorded()).toBe('3');
    await joined(name, { keepBytes: 1 });
    await vi.waitFor(() => expect(recorded()).toBe('0'), 5_000);
  });

  it('leaves the session that it was to go on with where claude goes on with another', async () => {
    const { one } = await both();
    const forked = '11111111-2222-4333-8444-555555555555';
    const goOn = () => one.queries.submit({ prompt: 'hi', sessionId: forked }, LOCAL, { alone: true });
    const { runId } = await goOn();
    (await one.held.nth(0)).emit(...events(init()));
    await vi.waitFor(async () => expect((await one.queries.find(runId, LOCAL)).sessionId).toBe(SESSION));
    expect((await goOn()).isNew).toBe(true);
  });

  it('is listed as long as it goes on, however long ago the one before it ended', async () => {
    const { name, one } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    (await one.held.nth(0)).finish();
    await one.queries.result(runId, LOCAL);
    const [key = ''] = shared.cli('KEYS', `sluice-runs:${name}:of:*`).split('\n');
    expect(Number(shared.cli('PTTL', key))).toBeGreaterThan(0);
    await one.queries.submit({ prompt: 'ho' }, LOCAL);
    expect(shared.cli('PTTL', key)).toBe('-1');
  });
});

describe('what is damaged in Redis', () => {
  it('ends a run whose events can not be written down, with a word to followers that some are missing', async () => {
    const { name, one, two } = await both({ leaseMs: 60_000 });
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    const key = `sluice-runs:${name}:events:${runId}`;
    shared.cli('SET', key, 'text');
    run.emit(...events(init(), assistant('One.')));
    await vi.waitFor(() => expect(one.held.going()).toBe(0), 5_000);
    shared.cli('DEL', key);
    await vi.waitFor(async () => expect((await two.queries.find(runId, LOCAL)).state).toBe('finished'), 5_000);
    expect(one.faults).toMatchObject([{ message: expect.stringContaining('WRONGTYPE') }]);
    // Redis knows it before those do who are told here.
    await vi.waitFor(() => expect(one.told.ended).toMatchObject([{ ended: 'interrupted' }]));
    expect(await take(await two.queries.events(runId, LOCAL, 1))).toEqual(['resync 3', '3 ending']);
  });

  it.each([
    ['its state', 'HSET', 'state', '"well"', 'interrupted'],
    ['who asked', 'HSET', 'subject', '7', null],
    ['all of it', 'SET', 'text', null, null],
  ])('of a dead replica is given up after a while, and told once: %s', async (_, command, key, value, left) => {
    const { name, one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const { runId: other } = await one.queries.submit({ prompt: 'ho' }, LOCAL);
    await one.held.nth(0);
    one.die();
    shared.cli(command, `sluice-runs:${name}:run:${runId}`, key, ...(value === null ? [] : [value]));
    await vi.waitFor(async () => expect((await two.queries.find(other, LOCAL)).state).toBe('interrupted'), 20_000);
    await vi.waitFor(() => expect(shared.cli('ZCARD', `sluice-runs:${name}:replicas`)).toBe('1'), 20_000);
    expect(shared.cli('KEYS', `sluice-runs:${name}:held:*`)).toBe('');
    const known = await two.queries.find(runId, LOCAL).catch(() => null);
    expect(known?.state ?? null).toBe(left);
    const told = two.faults.filter((fault) => String(fault).includes(runId));
    expect(told).toHaveLength(left === null ? 1 : 0);
    expect(two.opened.isConnected()).toBe(true);
  });

  it('is a run that is stopped where it goes on, and said to be lost where it waits', async () => {
    const { name, one } = await both({ limits: { maxRuns: 1 } });
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const waiting = refusalOf(() => one.queries.ask({ prompt: 'ho' }, LOCAL, {}, new AbortController().signal));
    await vi.waitFor(() => expect(one.queries.active()).toHaveLength(2));
    for (const key of shared.cli('KEYS', `sluice-runs:${name}:run:*`).split('\n')) shared.cli('SET', key, 'text');
    expect(await waiting).toMatchObject({ message: expect.stringContaining('lost it'), details: { reason: 'lost' } });
    await vi.waitFor(() => expect(one.held.going()).toBe(0), 5_000);
    expect(one.faults.some((fault) => String(fault).includes(runId))).toBe(true);
    expect(one.opened.isConnected()).toBe(true);
  });
});

describe('a replica that dies', () => {
  it('has its runs told of as interrupted, and followed to their end without a gap', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    run.emit(...events(init(), assistant('One.')));
    const feed = await two.queries.events(runId, LOCAL, 1);
    const taken: FeedItem[] = [];
    for await (const item of feed) {
      taken.push(item);
      if (taken.length === 2) one.die();
    }
    expect(taken.map(tell)).toEqual(['1 system', '2 assistant', '3 ending']);
    expect(await two.queries.find(runId, LOCAL)).toMatchObject({
      state: 'interrupted',
      class: 'interrupted',
      messages: 2,
    });
    expect(two.orphans).toMatchObject([{ kind: 'interrupted', run: { runId } }]);
    expect((await two.queries.result(runId, LOCAL)).bundle.messages).toHaveLength(2);
  });

  it('stops what it carries out when it was only away, and none of that counts any more', async () => {
    const redis = await startRedis();
    const { one, two } = await both({ redis });
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    run.emit(...events(init()));
    await vi.waitFor(async () => expect((await two.queries.find(runId, LOCAL)).messages).toBe(1), 5_000);
    // As if nothing were heard of it for long.
    const key = redis.cli('KEYS', '*:replicas');
    const owner = redis.cli('HGET', redis.cli('KEYS', '*:run:*'), 'owner');
    await vi.waitFor(
      async () => {
        redis.cli('ZADD', key, '1', owner);
        expect((await two.queries.find(runId, LOCAL)).state).toBe('interrupted');
      },
      { timeout: 20_000, interval: 20 },
    );
    await vi.waitFor(() => expect(one.held.going()).toBe(0), 5_000);
    expect(await two.queries.find(runId, LOCAL)).toMatchObject({ state: 'interrupted', messages: 1 });
  });

  it('gives back what it had set aside of a quota', async () => {
    const { one, two } = await both({ quotas: ['1runs'] });
    await one.queries.submit({ prompt: 'hi' }, LOCAL);
    await one.held.nth(0);
    const other = (): Promise<unknown> => two.queries.submit({ prompt: 'ho' }, LOCAL);
    expect(await refusalOf(other)).toMatchObject({ errorCode: 'rate_limited', details: { reason: 'quota' } });
    one.die();
    await vi.waitFor(other, { timeout: 20_000, interval: 100 });
  });
});

describe('what a caller may use', () => {
  it('is counted by all replicas together, be it asked at once', async () => {
    const { one, two } = await both({ quotas: ['5requests/day'], limits: { maxRuns: 20, maxQueued: 20 } });
    const asked = Array.from({ length: 16 }, (_, nth) =>
      (nth % 2 === 0 ? one : two).queries.submit({ prompt: String(nth) }, LOCAL),
    );
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });
});

describe('an approval of a call', () => {
  const call = { id: 'c', tool: 'Bash', input: {}, digest: 'sha256:1', reason: null, shown: 'Bash {}' };

  it('is shown and answered by another replica, about that call alone', async () => {
    const { one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const seen: string[] = [];
    const unfollow = two.approvals.follow(runId, ({ shown }) => void seen.push(shown));
    const answered = one.approvals.ask(runId, call, new AbortController().signal);
    await vi.waitFor(async () => expect(await two.approvals.of(runId)).toMatchObject([{ shown: 'Bash {}', runId }]));
    const [approval] = await two.approvals.of(runId);
    const { approvalId = '' } = approval ?? {};
    const answer = (digest: string) =>
      two.approvals.answer(runId, approvalId, { decision: 'allow', digest }, 'somebody');
    expect(await answer('sha256:2')).toBe('other_call');
    expect(await answer(call.digest)).toBe('counted');
    expect(await answered).toEqual({ behavior: 'allow', by: 'somebody' });
    await vi.waitFor(async () => expect(await answer(call.digest)).toBe('not_found'));
    await vi.waitFor(() => expect(seen).toEqual(['Bash {}']));
    unfollow();
  });
});

describe('a Redis that is away', () => {
  it('has who asks told so, and loses nothing', async () => {
    const redis = await startRedis();
    const { one, two } = await both({ redis, leaseMs: 60_000 });
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    const [first, second, third] = events(init(), assistant('One.'), result());
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
    run.emit(first);
    const taken = take(await two.queries.events(runId, LOCAL, 1));
    await vi.waitFor(async () => expect((await two.queries.find(runId, LOCAL)).messages).toBe(1));
    await redis.kill();
    run.emit(second);
    expect(await refusalOf(() => two.queries.find(runId, LOCAL))).toMatchObject({
      errorCode: 'unavailable',
      details: { reason: 'runs_away', retryAfter: 2 },
    });
    expect(await refusalOf(() => one.queries.submit({ prompt: 'ho' }, LOCAL))).toMatchObject({
      errorCode: 'unavailable',
    });
    expect(await refusalOf(() => two.approvals.of(runId))).toMatchObject({ errorCode: 'unavailable' });
    expect(two.opened.isConnected()).toBe(false);
    await redis.start();
    run.emit(third);
    run.finish();
    expect(await taken).toEqual(['1 system', '2 assistant', '3 result', '4 ending']);
    expect(await two.queries.find(runId, LOCAL)).toMatchObject({ state: 'finished' });
  });
});

describe('a Redis that is connected, and silent', () => {
  it('is not waited for at each step of an end: a server that ends has waited already', async () => {
    const redis = await startRedis();
    const one = await joined('fleet', { redis, leaseMs: 60_000 });
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    const run = await one.held.nth(0);
    await vi.waitFor(async () => expect((await one.queries.find(runId, LOCAL)).state).toBe('running'));
    redis.cli('client', 'pause', '600000');
    run.emit(...events(init()));
    const clock = performance.now.bind(performance);
    const since = clock();
    await setImmediate();
    vi.spyOn(performance, 'now').mockImplementation(() => clock() + 3_000);
    run.finish();
    await one.queries.close();
    await one.opened.close();
    vi.restoreAllMocks();
    expect(clock() - since).toBeLessThan(2_500);
    await redis.kill();
  });
});

describe('what stands in Redis', () => {
  it('has no secret in clear text, nor what a caller calls its request', async () => {
    const redis = await startRedis();
    const one = await joined('fleet', { redis });
    const secret = 'correct-horse-battery-9';
    const asked = { prompt: `password: ${secret}` };
    await one.queries.submit(asked, LOCAL, { key: 'my-own-key', labels: { password: secret } });
    await one.held.nth(0);
    const content = redis.content();
    expect(content).toContain('sluice-runs:fleet:run:');
    for (const hidden of [secret, 'my-own-key']) expect(content).not.toContain(hidden);
  });

  it('is refused where it is of another version', async () => {
    const redis = await startRedis();
    redis.cli('SET', 'sluice-runs:fleet:version', '2');
    await expect(joined('fleet', { redis })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--queue-name'),
    });
  });

  it('is no run where somebody has put something else there', async () => {
    const { name, one, two } = await both();
    const { runId } = await one.queries.submit({ prompt: 'hi' }, LOCAL);
    shared.cli('HSET', `sluice-runs:${name}:run:${runId}`, 'state', '"well"');
    expect(await refusalOf(() => two.queries.find(runId, LOCAL))).toMatchObject({ errorCode: 'not_found' });
  });
});
