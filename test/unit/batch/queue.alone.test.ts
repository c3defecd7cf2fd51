import { once } from 'node:events';
import { Queue } from 'bullmq';
import { describe, expect, it, vi } from 'vitest';
import { openRecords } from '../../../src/batch/queue/item-records.ts';
import type { Delivery } from '../../../src/batch/queue/delivery.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Message } from '../../../src/messages/types.ts';
import { addressOf } from '../../../src/redis-connection/address.ts';
import { carrierOn, linkTo, NAME, watching, type Work, workerOn } from '../../support/queue.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { atTestEnd, inTest } from '../../support/test-end.ts';
import { ended, item } from './batches.ts';

// By itself: where its server was away, a worker of BullMQ's looks after the leases of its jobs for as long as the process lives.

const EVENT = { sequence: 1, timestamp: '2026-01-01T00:00:00.000Z', sessionId: null, redactions: 0, truncated: false };
const RETRY = { by: 'sluice', attempt: 1, maxRetries: 1, delayMs: 1, status: null, error: 'overloaded' } as const;
const MESSAGES: readonly Message[] = [
  { type: 'sluice', subtype: 'notice', code: 'retry', text: 'once more', retry: RETRY },
  recognise({ type: 'of tomorrow' }),
];

const never = new AbortController().signal;
const PATIENCE = { timeout: 15_000, interval: 20 };
const done: Work = async () => ({ bundle: ended('success') });

/** Work that begins and goes on until it is told to end. */
function endless(tool: string | null = null) {
  const events = new EventTarget();
  const begun = once(events, 'begun');
  const work: Work = async (_, watch, signal) => {
    if (tool !== null) await watch.beforeTool(tool);
    events.dispatchEvent(new Event('begun'));
    await once(signal, 'abort');
    return { bundle: ended('interrupted') };
  };
  return { work, begun };
}

/** Ends a worker that is at work, and what it has in hand. */
async function drainedAndStopped(worker: Awaited<ReturnType<typeof workerOn>>): Promise<void> {
  const drained = worker.drain();
  worker.stop();
  await drained;
}

describe('items in a queue', () => {
  it('are carried out by a worker, whose answer comes back, and leave nothing behind', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    await workerOn(redis.url, async (query, { see }) => {
      for (const message of MESSAGES) see({ ...EVENT, message });
      return { bundle: ended('success', { message: JSON.stringify(query) }) };
    });
    const { watch, used, seen } = watching();
    const bundle = await carrier.carry(item('a'), watch, never);
    expect(bundle.outcome).toMatchObject({ class: 'success', message: '{"prompt":"a"}' });
    expect(used).toEqual([]);
    expect(seen).toEqual(MESSAGES);
    await carrier.settled?.(item('a'));
    expect(redis.cli('KEYS', 'sluice-[ie]*')).toBe('');
  });

  it('are known to have been written by the tool that a worker used', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    await workerOn(redis.url, async (_, { beforeTool }) => {
      await beforeTool('Read');
      await beforeTool('Bash');
      await beforeTool('Edit');
      return { bundle: ended('crashed') };
    });
    const { watch, used } = watching();
    expect((await carrier.carry(item('a'), watch, never)).outcome.class).toBe('crashed');
    expect(used).toEqual(['Bash']);
  });

  it('are known to have been written also where Redis has forgotten that', async () => {
    const redis = await startRedis();
    const records = openRecords((await linkTo(redis.url)).redis, NAME);
    await records.begin('a', 'one');
    await records.mark('a', 'one', 'Bash');
    redis.cli('HDEL', `sluice-items:${NAME}:a`, 'tool');
    await records.deliver('a', 'one', { bundle: ended('crashed') }, 'Bash');
    expect(await records.read('a')).toMatchObject({ state: 'ended', tool: 'Bash' });
  });

  it('are refused by a worker in words of its own', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    await workerOn(redis.url, async () => ({ refusal: { error_code: 'forbidden', message: 'cwd: no', details: {} } }));
    const { outcome } = await carrier.carry(item('a'), watching().watch, never);
    expect(outcome).toMatchObject({ class: 'usage', message: 'cwd: no' });
  });

  it('are carried out elsewhere where a worker can not now', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    let times = 0;
    await workerOn(redis.url, async () => (times++ === 0 ? { afterMs: 20 } : { bundle: ended('success') }));
    expect((await carrier.carry(item('a'), watching().watch, never)).outcome.class).toBe('success');
    expect(times).toBe(2);
  });

  it('go back to the queue where a worker ends that has written nothing', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    const { work, begun } = endless();
    const first = await workerOn(redis.url, work);
    const carried = carrier.carry(item('a'), watching().watch, never);
    await begun;
    await drainedAndStopped(first);
    await workerOn(redis.url, done);
    expect((await carried).outcome.class).toBe('success');
  });

  it('go back to the queue with an answer that came after a worker was told to end', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    const { work, begun } = endless();
    const first = await workerOn(redis.url, async (...asked) => {
      await work(...asked);
      return { bundle: ended('success', { message: 'without its tool' }) };
    });
    const carried = carrier.carry(item('a'), watching().watch, never);
    await begun;
    await drainedAndStopped(first);
    await workerOn(redis.url, done);
    expect((await carried).outcome.message).toBe('success it was');
  });

  it.each([
    { tool: null, used: [] },
    { tool: 'Bash', used: ['Bash'] },
  ])('are lost with their worker, and known to have used $tool', async ({ tool, used }) => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    const { work, begun } = endless(tool);
    let release: ((delivery: Delivery) => void) | undefined;
    const hold = new Promise<Delivery>((resolve) => (release = resolve));
    // It hears of nothing, as one that was stopped.
    await workerOn(redis.url, async (...asked) => {
      void work(...asked);
      return hold;
    });
    atTestEnd(() => release?.({ bundle: ended() }));
    const watched = watching();
    const carried = carrier.carry(item('a'), watched.watch, never);
    await begun;
    redis.cli('DEL', ...redis.cli('KEYS', 'sluice:items:*:lock').split('\n'));
    expect((await carried).outcome).toMatchObject({ class: 'network', message: expect.stringContaining('is gone') });
    expect(watched.used).toEqual(used);
  });

  it('can not be written any more by a worker that was taken for lost', async () => {
    const redis = await startRedis();
    const records = openRecords((await linkTo(redis.url)).redis, NAME);
    await records.begin('a', 'one');
    expect(await records.close('a', 'one')).toMatchObject({ state: 'open', tool: null });
    expect(await records.mark('a', 'one', 'Bash')).toBe(false);
    expect(await records.deliver('a', 'one', { bundle: ended() }, null)).toBe(false);
    expect(await records.begin('a', 'two')).toBe('two');
    expect(await records.mark('a', 'one', 'Bash')).toBe(false);
    expect(await records.mark('a', 'two', 'Bash')).toBe(true);
    expect(await records.deliver('a', 'two', { bundle: ended() }, null)).toBe(true);
    expect(await records.close('a', 'two')).toMatchObject({ state: 'ended', tool: 'Bash' });
  });

  it('are not begun once more where they were given up when they had begun to write', async () => {
    const redis = await startRedis();
    const records = openRecords((await linkTo(redis.url)).redis, NAME);
    await records.begin('a', 'one');
    await records.mark('a', 'one', 'Bash');
    expect(await records.close('a', 'one')).toMatchObject({ state: 'writing', tool: 'Bash' });
    expect(await records.begin('a', 'two')).toBe('one');
    await records.remove('a');
    expect(await records.begin('a', 'two')).toBe('two');
  });

  it('may have been written where Redis has lost what it knew', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    const { work, begun } = endless();
    await workerOn(redis.url, work);
    const watched = watching();
    const carried = carrier.carry(item('a'), watched.watch, never);
    await begun;
    redis.cli('FLUSHALL');
    expect((await carried).outcome.class).toBe('network');
    expect(watched.used).toEqual(['tools that nobody knows of any more']);
  });

  it('are collected by whoever starts the same batch again', async () => {
    const redis = await startRedis();
    let times = 0;
    let finish = (): void => {};
    const begun = new Promise<void>((resolve) => {
      void workerOn(redis.url, async () => {
        times++;
        resolve();
        await new Promise<void>((go) => (finish = go));
        return { bundle: ended('success') };
      });
    });
    const away = new AbortController();
    const first = await carrierOn(redis.url);
    const carried = first.carry(item('a'), watching().watch, away.signal);
    await begun;
    away.abort('SIGTERM');
    expect((await carried).outcome.class).toBe('interrupted');
    // It is left to whoever comes next.
    await first.settled?.(item('a'));
    finish();
    const second = await carrierOn(redis.url);
    expect((await second.carry(item('a'), watching().watch, never)).outcome.class).toBe('success');
    expect(times).toBe(1);
  });

  it('are for workers of their label alone', async () => {
    const redis = await startRedis();
    const carrier = await carrierOn(redis.url);
    const on =
      (where: string): Work =>
      async () => ({ bundle: ended('success', { message: where }) });
    await workerOn(redis.url, on('gpu'), { only: 'gpu' });
    await workerOn(redis.url, on('any'));
    const items = [item('a'), item('b', { only: 'gpu' }), item('c'), item('d', { only: 'gpu' })];
    const bundles = await Promise.all(items.map((one) => carrier.carry(one, watching().watch, never)));
    expect(bundles.map(({ outcome }) => outcome.message)).toEqual(['any', 'gpu', 'any', 'gpu']);
  });

  it('are taken back where none has begun', async () => {
    const redis = await startRedis();
    const away = new AbortController();
    const carrier = await carrierOn(redis.url);
    const carried = carrier.carry(item('a'), watching().watch, away.signal);
    await vi.waitFor(() => expect(redis.cli('LLEN', 'sluice:items:wait')).toBe('1'), PATIENCE);
    away.abort('SIGTERM');
    expect((await carried).outcome.class).toBe('interrupted');
    expect(redis.cli('LLEN', 'sluice:items:wait')).toBe('0');
  });
});

/** How a server can be away, and how it comes back, without which nobody can take leave of it. */
const AWAY = {
  killed: { leave: (redis: RedisServer) => redis.kill(), comeBack: (redis: RedisServer) => redis.start() },
  hanging: {
    leave: async (redis: RedisServer) => redis.signal('SIGSTOP'),
    comeBack: async (redis: RedisServer) => redis.signal('SIGCONT'),
  },
};
const HOW = ['killed', 'hanging'] as const;

describe.concurrent('where the server is away,', () => {
  it.for(HOW)('a batch that is stopped leaves all as it is in a queue (%s)', { timeout: 60_000 }, (how, context) =>
    inTest(context, async () => {
      const redis = await startRedis();
      const away = new AbortController();
      const carrier = await carrierOn(redis.url, { answerMs: 60_000 });
      const { work, begun } = endless();
      const works = [done];
      await workerOn(redis.url, async (...asked) => (works.pop() ?? work)(...asked));
      atTestEnd(() => AWAY[how].comeBack(redis));
      const carry = (id: string) => carrier.carry(item(id), watching().watch, away.signal);
      expect((await carry('a')).outcome.class).toBe('success');
      const carried = ['b', 'c', 'd'].map(carry);
      await begun;
      await AWAY[how].leave(redis);
      const settled = carrier.settled?.(item('a'));
      const started = performance.now();
      away.abort('SIGTERM');
      const classes = (await Promise.all(carried)).map(({ outcome }) => outcome.class);
      expect(classes).toEqual(classes.map(() => 'interrupted'));
      await settled;
      expect(performance.now() - started).toBeLessThan(15_000);
    }),
  );

  it.for(HOW)('a worker that is stopped says what it never heard of (%s)', { timeout: 60_000 }, (how, context) =>
    inTest(context, async () => {
      const redis = await startRedis();
      const carrier = await carrierOn(redis.url);
      const lost = endless();
      const kept = endless('Bash');
      const works = [lost.work, kept.work];
      const worker = await workerOn(redis.url, async (...asked) => (works.shift() ?? done)(...asked), {
        leaseMs: 60_000,
      });
      const away = new AbortController();
      const carried = ['a', 'b'].map((id) => carrier.carry(item(id), watching().watch, away.signal));
      await Promise.all([lost.begun, kept.begun]);
      await AWAY[how].leave(redis);
      const started = performance.now();
      await expect(drainedAndStopped(worker)).rejects.toMatchObject({
        code: 'network',
        message: expect.stringContaining("what became of 2 of this worker's items"),
      });
      expect(performance.now() - started).toBeLessThan(20_000);
      await AWAY[how].comeBack(redis);
      away.abort('SIGTERM');
      await Promise.all(carried);
    }),
  );

  it('a worker can be told to end', (context) =>
    inTest(context, async () => {
      const redis = await startRedis();
      const worker = await workerOn(redis.url, done);
      atTestEnd(() => redis.start());
      await redis.kill();
      await vi.waitFor(() => expect(worker.link.redis.status).toBe('reconnecting'), PATIENCE);
      const started = performance.now();
      await worker.drain();
      expect(performance.now() - started).toBeLessThan(10_000);
    }));
});

describe('a worker', () => {
  it('tells of a job of another version, and of one that is none', async () => {
    const redis = await startRedis();
    const link = await linkTo(redis.url);
    const records = openRecords(link.redis, NAME);
    const queue = new Queue(NAME, { connection: link.options, prefix: 'sluice' });
    atTestEnd(() => queue.close());
    const { faults } = await workerOn(redis.url, done, { leaseMs: 60_000 });
    await records.begin('a', 'run');
    await queue.add('item', { version: 99, item: 'a', run: 'run', batch: 'b', query: {} }, { jobId: 'run' });
    for (const data of [null, 'text', [], {}, { version: 1, item: 'a', run: 'other', batch: 'b' }])
      await queue.add('x', data);
    await vi.waitFor(() => expect(redis.cli('ZCARD', 'sluice:items:failed')).toBe('5'), PATIENCE);
    expect(faults).toHaveLength(5);
    expect(faults[0]).toContain('it is no request of sluice batch');
    expect(await records.read('a')).toMatchObject({
      state: 'ended',
      delivery: { refusal: { message: expect.stringContaining('jobs of version 1, not 99') } },
    });
  });
});

describe('a server that goes away', () => {
  it('is told of by a worker that is idle as by one that waits for an answer', async () => {
    const redis = await startRedis();
    const told: string[] = [];
    const { faults, link } = await workerOn(redis.url, done, { say: (text) => told.push(text), answerMs: 500 });
    told.splice(0);
    await redis.kill();
    void link.insist(() => link.redis.ping()).catch(() => {});
    const away = `${link.culprit}: nothing listens there (ECONNREFUSED); it is tried again`;
    await vi.waitFor(() => expect([faults.at(-1), told]).toEqual([away, [away]]), PATIENCE);
  });
});

/** Changes the password that is asked for when somebody connects. */
function setPassword(redis: RedisServer, now: string, next: string): void {
  redis.cli('--no-auth-warning', '-a', now, 'CONFIG', 'SET', 'requirepass', next);
}

function disconnectAll(redis: RedisServer, password: string): void {
  redis.cli('--no-auth-warning', '-a', password, 'CLIENT', 'KILL', 'SKIPME', 'yes');
}

describe('a connection', () => {
  it.each([
    [
      'a server that drops keys',
      ['--maxmemory-policy', 'allkeys-lru'],
      '',
      'usage',
      'set its maxmemory-policy to noeviction',
    ],
    ['a server that wants a password', ['--requirepass', 'hunter2-hunter2'], '', 'auth', 'does not let us in'],
    ['a wrong password', ['--requirepass', 'hunter2-hunter2'], ':wrong-one@', 'auth', 'does not let us in'],
  ])('is refused: %s', async (_, settings, login, code, message) => {
    const { url } = await startRedis(...settings);
    const error: unknown = await linkTo(url.replace('//', `//${login}`)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(String(error)).not.toMatch(/hunter2|wrong-one/);
  });

  it('tells of a server that forgets', async () => {
    const told: string[] = [];
    await linkTo((await startRedis()).url, { say: (text) => told.push(text) });
    expect(told).toEqual([]);
    await linkTo((await startRedis('--appendonly', 'no')).url, { say: (text) => told.push(text) });
    expect(told).toEqual([expect.stringContaining('set its appendonly to yes')]);
  });

  it('is waited for where the server hangs, also where it once let nobody in', async () => {
    const redis = await startRedis('--requirepass', 'first-password');
    const told: string[] = [];
    const url = redis.url.replace('//', '//:first-password@');
    const link = await linkTo(url, { say: (text) => told.push(text), answerMs: 300 });
    const refused = once(link.redis, 'error');
    setPassword(redis, 'first-password', 'second-password');
    disconnectAll(redis, 'second-password');
    expect(await refused).toEqual([expect.objectContaining({ message: expect.stringContaining('WRONGPASS') })]);
    setPassword(redis, 'second-password', 'first-password');
    await once(link.redis, 'ready');
    // It connects again before it is told why it can't.
    disconnectAll(redis, 'first-password');
    redis.signal('SIGSTOP');
    const asked = link.insist(() => link.redis.ping());
    await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('timed out; it is tried again')]), PATIENCE);
    redis.signal('SIGCONT');
    expect(await asked).toBe('PONG');
  });

  it('is waited for where it was silent for so long that it is made anew', async () => {
    const redis = await startRedis();
    const told: string[] = [];
    const link = await linkTo(redis.url, { say: (text) => told.push(text), answerMs: 300 });
    const broken = once(link.redis, 'error');
    redis.signal('SIGSTOP');
    link.redis.ping().catch(() => {});
    await broken;
    const asked = link.insist(() => link.redis.ping());
    await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('it is tried again')]), PATIENCE);
    redis.signal('SIGCONT');
    expect(await asked).toBe('PONG');
  });

  it('is refused where nothing listens', async () => {
    await expect(linkTo('redis://127.0.0.1:1')).rejects.toMatchObject({
      code: 'network',
      message: '--queue: redis://127.0.0.1:1: nothing listens there (ECONNREFUSED)',
    });
  });

  it('waits for a server that is full, and says so once', async () => {
    const redis = await startRedis();
    const told: string[] = [];
    const link = await linkTo(redis.url, { say: (text) => told.push(text) });
    redis.cli('CONFIG', 'SET', 'maxmemory', '1');
    const noted = link.insist(() => openRecords(link.redis, NAME).noteBatch('b'));
    await vi.waitFor(() => expect(told).toHaveLength(1), PATIENCE);
    redis.cli('CONFIG', 'SET', 'maxmemory', '0');
    await noted;
    expect(told).toEqual([
      expect.stringContaining('it takes nothing now: OOM'),
      expect.stringContaining('answers again'),
    ]);
  });

  it('is not waited for any longer where a signal says so, also where an answer is due', async () => {
    const redis = await startRedis();
    const link = await linkTo(redis.url, { answerMs: 60_000 });
    const over = new AbortController();
    redis.signal('SIGSTOP');
    const asked = link.insist(() => link.redis.ping(), over.signal);
    over.abort('SIGINT');
    await expect(asked).rejects.toBe('SIGINT');
    redis.signal('SIGCONT');
  });

  it('says where its address was set', async () => {
    await expect(linkTo('redis://127.0.0.1:1', { where: 'SLUICE_QUEUE' })).rejects.toMatchObject({
      message: 'SLUICE_QUEUE: redis://127.0.0.1:1: nothing listens there (ECONNREFUSED)',
    });
  });

  it('is given up once a server has been away for long', async () => {
    const redis = await startRedis();
    const link = await linkTo(redis.url, { patienceMs: 0 });
    redis.cli('CONFIG', 'SET', 'maxmemory', '1');
    await expect(link.insist(() => openRecords(link.redis, NAME).noteBatch('b'))).rejects.toMatchObject({
      code: 'overloaded',
    });
  });
});

describe('an address', () => {
  it.each([
    ['redis://127.0.0.1', 'redis://127.0.0.1:6379', { host: '127.0.0.1', port: 6379, db: 0 }],
    ['redis://[::1]:7000/2', 'redis://[::1]:7000/2', { host: '::1', port: 7000, db: 2 }],
    [
      'rediss://me:p%40ss@queue.example.com',
      'rediss://queue.example.com:6379',
      {
        host: 'queue.example.com',
        port: 6379,
        db: 0,
        username: 'me',
        password: 'p@ss',
        tls: { servername: 'queue.example.com' },
      },
    ],
    ['rediss://10.0.0.1', 'rediss://10.0.0.1:6379', { host: '10.0.0.1', port: 6379, db: 0, tls: {} }],
  ])('%s', (text, shown, endpoint) => {
    expect(addressOf(text)).toMatchObject({ shown, endpoint });
  });

  it.each([
    'http://127.0.0.1',
    'redis://',
    'redis://host/x',
    'redis://host/?a=b',
    'redis://host/#a',
    'redis://:%zz@host',
    'host',
  ])('is none: %s', (text) => expect(addressOf(text)).toBeNull());
});
