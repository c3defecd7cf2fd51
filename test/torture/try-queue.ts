import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFilesOf } from '../support/folder.ts';
import { survivorsOf } from '../support/processes.ts';
import { type RedisServer, redisIn } from '../support/redis.ts';
import { batchHome, BIN, CLAUDE } from './batch-home.ts';
import { idIn, linesOf, repeated } from './batch-output.ts';
import { until } from './until.ts';

/** What is done to a batch in a queue while it is at work. */
export type Blow = (typeof BLOWS)[number];
export const BLOWS = [
  'worker killed',
  'worker stopped',
  'batch killed',
  'batch stopped',
  'batch ended',
  'Redis restarted',
] as const;

/** What came of a batch in a queue that was disturbed again and again. */
export interface QueueTrial {
  readonly blows: number;
  readonly done: number;
  readonly uncertain: number;
  /** Writing tools that were used. */
  readonly effects: number;
  readonly problems: readonly string[];
  readonly ms: number;
}

const LEASE_MS = 1_000;

/** How long a worker is stopped: it has lost what it had when it goes on. */
const STOPPED_MS = 3 * LEASE_MS;

const WORKERS = 2;

/** Milliseconds after which the next blow falls at the latest, from when there is work again. */
const LATEST_MS = 1_000;

/**
 * Has two workers carry out so many items, half of which write, deals blows to all that take part, and lets it finish then.
 * @param moment a number from 0 to 1 for each blow
 */
export async function tryQueue(
  items: number,
  blows: readonly Blow[],
  moment: (blow: number) => number,
): Promise<QueueTrial> {
  const start = performance.now();
  const data = mkdtempSync(join(tmpdir(), 'queue-redis-'));
  const { home, ids, env } = batchHome(items);
  const redis = await redisIn(data);
  const effectsFile = join(home.path, 'effects');
  const begin = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Program =>
    startProgram(args, home.project, {
      ...env,
      SLUICE_QUEUE: redis.url,
      ...more,
    });
  const work = (): Program =>
    begin(
      `worker --concurrency 2 --admin-port off --lease ${LEASE_MS}ms --allowed-tools Bash --pass-env EFFECTS,SECONDS_OF_WORK`.split(
        ' ',
      ),
      { SLUICE_CLAUDE_PATH: CLAUDE, EFFECTS: effectsFile, SECONDS_OF_WORK: '0.1' },
    );
  const submit = (): Program => begin('batch items.jsonl --out out.jsonl -q --tries 1000 --concurrency 16'.split(' '));
  const workers = Array.from({ length: WORKERS }, work);
  let batch = submit();
  try {
    for (const [index, blow] of blows.entries()) {
      await until('there is a journal', () => existsSync(join(home.project, 'out.jsonl.journal')));
      await sleep(moment(index) * LATEST_MS);
      const hit = index % WORKERS;
      const worker = workers[hit];
      if (worker === undefined) break;
      switch (blow) {
        case 'worker killed':
          await worker.end('SIGKILL');
          workers[hit] = work();
          break;
        case 'worker stopped':
          await stopped(worker);
          break;
        case 'batch stopped':
          await stopped(batch);
          break;
        case 'batch killed':
        case 'batch ended':
          await batch.end(blow === 'batch killed' ? 'SIGKILL' : 'SIGTERM');
          batch = submit();
          break;
        case 'Redis restarted':
          await restarted(redis);
          break;
        default:
          blow satisfies never;
      }
    }
    let code = await batch.ended;
    // What it was told to leave is for the next.
    for (let again = 0; again < 3 && code !== 0 && code !== 1; again++) {
      batch = submit();
      code = await batch.ended;
    }
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    const effects = linesOf(effectsFile);
    const done = linesOf(join(home.project, 'out.jsonl')).map(idIn);
    const left = linesOf(join(home.project, 'out.jsonl.failed.jsonl')).map(idIn);
    const remains = [...(await survivorsOf(home.path, 15_000)), ...temporaryFilesOf(home)];
    const problems = [
      ...(code === (left.length === 0 ? 0 : 1) ? [] : [`the last one ended with ${String(code)}: ${batch.errors()}`]),
      ...(batch.errors().includes('Warning') ? [batch.errors()] : []),
      ...ids.filter((id) => !done.includes(id) && !left.includes(id)).map((id) => `${id} is lost`),
      ...repeated([...done, ...left]).map((id) => `${id} has more than one state`),
      ...repeated(effects).map((id) => `${id} was written more than once`),
      ...done.filter((id) => id.endsWith('w') && !effects.includes(id)).map((id) => `${id} is done, and wrote nothing`),
      ...left.filter((id) => !id.endsWith('w')).map((id) => `${id} is left, and wrote nothing`),
      ...remains.map((what) => `left: ${what}`),
    ];
    const ms = performance.now() - start;
    return { blows: blows.length, done: done.length, uncertain: left.length, effects: effects.length, problems, ms };
  } finally {
    for (const program of [batch, ...workers]) program.child.kill('SIGKILL');
    await redis.kill();
    for (const folder of [home.path, data]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Program {
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<unknown>;
  errors(): string;
  end(signal: NodeJS.Signals): Promise<void>;
}

function startProgram(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]: readonly unknown[]) => code ?? signal);
  return {
    child,
    ended,
    errors: () => errors,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

async function stopped({ child }: Program): Promise<void> {
  child.kill('SIGSTOP');
  await sleep(STOPPED_MS);
  child.kill('SIGCONT');
}

async function restarted(redis: RedisServer): Promise<void> {
  await redis.kill();
  await redis.start();
}
