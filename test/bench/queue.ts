import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadDriver } from '../../src/batch/queue/driver.ts';
import { openQueueCarrier } from '../../src/batch/queue/queue-carrier.ts';
import { addressOf } from '../../src/redis-connection/address.ts';
import { loadRedis } from '../../src/redis-connection/driver.ts';
import { openLink } from '../../src/redis-connection/link.ts';
import { type RedisServer, redisIn } from '../support/redis.ts';
import { item } from '../unit/batch/batches.ts';
import type { BenchFolder } from './bench-folder.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { peakMemory } from './peak-memory.ts';
import { percentile } from './statistics.ts';

const WORKER = fileURLToPath(new URL('../support/queue-worker.ts', import.meta.url));
const CLAUDE = fileURLToPath(new URL('processes/waiting-claude.sh', import.meta.url));

/** What an answer takes where there is no claude, and how many are asked for at once. */
const WORK_MS = 100;
const AT_ONCE = 4;
const ITEMS = 300;

/** How many items a worker has at once, what claude takes for each, and how many there are for each worker. */
const CONCURRENCY = 2;
const WORK_SECONDS = 5;
const SHARE = 8;

const FEW = 1_000;
const MANY = 10_000;
const MB = 1_000_000;

/**
 * (m) A queue on a Redis that has each step on disk before it answers: what it adds to an item; how much more so many workers
 * do, with a claude that waits; and what is held while 10,000 items go through it. It needs redis-server.
 */
export async function benchQueue(folder: BenchFolder): Promise<Figure[]> {
  // What a queue needs is a package that sluice does not bring along.
  symlinkSync(resolve('node_modules'), join(dirname(folder.sluice), '../node_modules'));
  const redis = await redisIn(folder.path);
  try {
    const figures = [...(await added(redis)), ...(await scaled(redis, folder)), ...(await held(redis, folder))];
    return figures.map((figure) => ({ part: 'm', ...figure }));
  } finally {
    await redis.kill();
  }
}

type Measured = Omit<Figure, 'part'>;

/** Workers without claude say how long they took: what is left is the queue's. */
async function added({ url }: RedisServer): Promise<Measured[]> {
  const worker = await startBareWorker(url, AT_ONCE, WORK_MS);
  const times = await carriedOut(url, ITEMS, AT_ONCE);
  await ended(worker);
  return [
    { what: 'queue: added to an item, p50', value: percentile(times, 0.5), unit: 'ms', target: atMost(15) },
    { what: 'queue: added to an item, p99', value: percentile(times, 0.99), unit: 'ms', target: atMost(60) },
  ];
}

async function scaled({ url }: RedisServer, { sluice, path }: BenchFolder): Promise<Measured[]> {
  const start = async (): Promise<ChildProcess> => {
    const words = ['worker', '--queue', url, '--concurrency', String(CONCURRENCY), '--admin-port', 'off'];
    const env = { ...cleanEnvironment(path), SLUICE_CLAUDE_PATH: CLAUDE, WORK_SECONDS: String(WORK_SECONDS) };
    const flags = ['--pass-env', 'WORK_SECONDS', '--log-format', 'json'];
    const worker = spawn(process.execPath, [sluice, ...words, ...flags], {
      cwd: path,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    for await (const line of createInterface({ input: worker.stderr })) {
      if (!line.includes('items are taken')) continue;
      worker.stderr.resume();
      return worker;
    }
    throw new Error('a worker ended before it took items');
  };
  const workers: ChildProcess[] = [];
  const rates: number[] = [];
  for (const count of [1, 2, 4]) {
    while (workers.length < count) workers.push(await start());
    const begun = performance.now();
    await carriedOut(url, count * SHARE, count * SHARE);
    rates.push((count * SHARE) / (performance.now() - begun));
  }
  await Promise.all(workers.map(ended));
  const [one = Number.NaN, two = Number.NaN, four = Number.NaN] = rates;
  const most = CONCURRENCY / WORK_SECONDS / 1_000;
  return [
    { what: 'queue: one worker, of what claude lets it do', value: one / most, unit: 'x' },
    { what: 'queue: two workers over one', value: two / one, unit: 'x', target: atLeast(1.9) },
    { what: 'queue: four workers over one', value: four / one, unit: 'x', target: atLeast(3.6) },
  ];
}

/** The batch is the real one. */
async function held(redis: RedisServer, { sluice, path }: BenchFolder): Promise<Measured[]> {
  const peaks: { readonly batch: number; readonly worker: number; readonly redis: number; readonly rate: number }[] =
    [];
  for (const items of [FEW, MANY]) {
    redis.cli('FLUSHALL');
    redis.cli('CONFIG', 'RESETSTAT');
    const cwd = join(path, `held-${items}`);
    mkdirSync(cwd);
    const rows = Array.from({ length: items }, (_, index) => `{"id":"i${index}","prompt":"say ${index}"}\n`);
    writeFileSync(join(cwd, 'items.jsonl'), rows.join(''));
    const worker = await startBareWorker(redis.url, 16, 0);
    const begun = performance.now();
    const words = ['batch', 'items.jsonl', '--out', 'out.jsonl', '-q', '--queue', redis.url];
    const batch = spawn(process.execPath, [sluice, ...words], { cwd, env: cleanEnvironment(path), stdio: 'ignore' });
    let peak = 0;
    const watch = setInterval(() => (peak = peakMemory(batch.pid) ?? peak), 50);
    const [code] = await once(batch, 'exit');
    clearInterval(watch);
    if (code !== 0) throw new Error(`sluice batch ended with ${code}`);
    const rate = items / (performance.now() - begun);
    const memory = Number(/^used_memory_peak:(\d+)/m.exec(redis.cli('INFO', 'memory'))?.[1]);
    peaks.push({ batch: peak, worker: peakMemory(worker.pid) ?? Number.NaN, redis: memory, rate });
    await ended(worker);
  }
  const [few, many] = peaks;
  if (few === undefined || many === undefined) throw new Error('nothing was measured');
  return [
    { what: 'queue: items a second, of our own', value: 1_000 * many.rate, unit: '' },
    { what: 'queue: memory of Redis for 10,000 items', value: many.redis / MB, unit: 'MB', target: atMost(50) },
    {
      what: 'queue: memory of a batch of 10,000 items over one of 1,000',
      value: many.batch / few.batch,
      unit: 'x',
      target: atMost(1.2),
    },
    { what: 'queue: memory of its worker, likewise', value: many.worker / few.worker, unit: 'x', target: atMost(1.2) },
  ];
}

/** Has so many items carried out, so many at once. Yields what each took besides its work, in milliseconds. */
async function carriedOut(url: string, items: number, atOnce: number): Promise<number[]> {
  const address = addressOf(url);
  if (address === null) throw new Error(`${url} is no address`);
  const carrier = openQueueCarrier({
    driver: await loadDriver(),
    link: await openLink(await loadRedis(), address, { say() {} }),
    name: 'items',
    only: null,
    batch: String(performance.now()),
    queryOf: ({ id }) => ({ prompt: id }),
    faultOf(refused) {
      throw new Error(refused.message);
    },
    say() {},
  });
  const watch = { writing: async () => {}, used() {}, see() {} };
  const never = new AbortController().signal;
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items) {
      const one = item(String(next++));
      const start = performance.now();
      const { executionTime, outcome } = await carrier.carry(one, watch, never);
      if (outcome.class !== 'success') throw new Error(outcome.message);
      times.push(performance.now() - start - executionTime);
      await carrier.settled?.(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await carrier.close();
  return times;
}

async function startBareWorker(url: string, concurrency: number, workMs: number): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--import', 'tsx', WORKER, url, String(concurrency), String(workMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(worker.stdout, 'data');
  return worker;
}

async function ended(worker: ChildProcess): Promise<void> {
  const exited = once(worker, 'exit');
  worker.kill('SIGTERM');
  await exited;
}
