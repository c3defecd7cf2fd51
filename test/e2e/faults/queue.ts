import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { Queue } from 'bullmq';
import { judge } from '../../../src/batch/verdict.ts';
import { SluiceError } from '../../../src/errors.ts';
import type { Bundle } from '../../../src/outcome/bundle.ts';
import { builtInto } from '../../support/built-program.ts';
import { emptyFolder } from '../../support/folder.ts';
import { freePort } from '../../support/free-port.ts';
import { oddMachine } from '../../support/odd-machine.ts';
import { carrierOn, linkTo, NAME, watching, type Work, workerOn } from '../../support/queue.ts';
import type { RedisServer } from '../../support/redis.ts';
import { atTestEnd } from '../../support/test-end.ts';
import { until } from '../../torture/until.ts';
import { ended, item } from '../../unit/batch/batches.ts';

/** Something that goes wrong with a queue, and what becomes of an item. */
export interface QueueFault {
  /** What goes wrong, for people. */
  readonly name: string;
  /** Has it go wrong. The server is empty, and has no limits. */
  readonly play: (redis: RedisServer) => Promise<Came>;
  readonly ends: Came;
}

/** What comes of an item that is put into the queue. */
export interface Came {
  readonly class: Bundle['outcome']['class'];
  /** What it is for the batch; null where that never began. */
  readonly item: 'done' | 'open' | 'uncertain' | 'again' | null;
}

const WORKER = new URL('../../support/queue-worker.ts', import.meta.url);
const ITEM = `sluice-items:${NAME}:*`;
const HOUR = 3_600_000;

/** Milliseconds for an answer, so that nobody waits for long. */
const ANSWER_MS = 1_000;

/** The same where one comes, however slow the machine is. */
const PATIENT_MS = 10_000;

/** Of a worker that is not lost, however slow the machine is. */
const LONG_LEASE_MS = 20_000;

const done: Came = { class: 'success', item: 'done' };
const refused = (as: Came['class']): Came => ({ class: as, item: null });
const lost = (as: Came['item']): Came => ({ class: 'network', item: as });

/** What Redis, the net and workers can do to a batch. */
export const QUEUE_FAULTS: readonly QueueFault[] = [
  { name: 'nothing listens there', play: () => connected('redis://127.0.0.1:1'), ends: refused('network') },
  {
    name: 'it does not answer',
    async play(redis) {
      redis.signal('SIGSTOP');
      return connected(redis.url, ANSWER_MS);
    },
    ends: refused('network'),
  },
  {
    name: 'a wrong password',
    play: (redis) => connected(as(redis, 'wrong', '~sluice* &sluice* +@all')),
    ends: refused('auth'),
  },
  {
    name: 'a user who may not do what is needed',
    play: (redis) => connected(as(redis, PASSWORD, '~sluice* &sluice* +ping')),
    ends: refused('auth'),
  },
  {
    name: 'a user who may do no more than is needed',
    async play(redis) {
      const url = as(redis, PASSWORD, '~sluice* &sluice* +@all -@admin -@dangerous +info +client|list');
      return carried(redis, { work: succeed }, { url, answerMs: PATIENT_MS });
    },
    ends: done,
  },
  {
    name: 'it drops keys when it is full',
    async play(redis) {
      redis.cli('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
      return connected(redis.url);
    },
    ends: refused('usage'),
  },
  {
    name: 'a certificate of nobody who is trusted',
    play: async (redis) => connected((await encrypted(redis)).url),
    ends: refused('network'),
  },
  {
    name: 'a certificate of a CA that is named',
    async play(redis) {
      const { url, ca } = await encrypted(redis);
      await workerElsewhere(url, { NODE_EXTRA_CA_CERTS: ca });
      return carried(redis, {});
    },
    ends: done,
  },
  {
    name: 'it hangs for a moment while an item waits',
    play: (redis) => carried(redis, { waiting: () => forAMoment(redis), work: succeed }),
    ends: done,
  },
  {
    name: 'it hangs for a moment while a worker has an item',
    play: (redis) => carried(redis, { begun: () => forAMoment(redis), work: succeed }),
    ends: done,
  },
  {
    name: 'it hangs when a worker is to use a tool that may write',
    play: (redis) => carried(redis, { begun: () => void forAMoment(redis), work: write }),
    ends: done,
  },
  {
    name: 'it is full when an item is put there',
    play: (redis) => carried(redis, { before: () => void fullForAMoment(redis), work: succeed }),
    ends: done,
  },
  {
    name: 'it is full when a worker has done an item',
    play: (redis) => carried(redis, { begun: () => void fullForAMoment(redis), work: succeed }),
    ends: done,
  },
  {
    name: 'it is killed, and started again',
    async play(redis) {
      const again = async (): Promise<void> => {
        await redis.kill();
        await redis.start();
      };
      return carried(redis, { begun: again, work: write });
    },
    ends: done,
  },
  {
    name: 'it loses what it had',
    play: (redis) => carried(redis, { begun: () => redis.cli('FLUSHALL'), work: succeed, isLost: true }),
    ends: lost('uncertain'),
  },
  {
    name: 'a worker is lost that has used no tool that may write',
    play: (redis) => carried(redis, { begun: () => unlock(redis), work: succeed, isLost: true }),
    ends: lost('again'),
  },
  {
    name: 'a worker is lost that has used a tool that may write',
    play: (redis) => carried(redis, { begun: () => unlock(redis), work: write, isLost: true }),
    ends: lost('uncertain'),
  },
  { name: 'the clock of a worker is an hour ahead', play: (redis) => atAnotherTime(redis, HOUR), ends: done },
  { name: 'the clock of a worker is an hour behind', play: (redis) => atAnotherTime(redis, -HOUR), ends: done },
  {
    name: 'a worker of another version',
    async play(redis) {
      const later = (): Promise<void> => rewritten(redis, { version: 99 });
      return carried(redis, { waiting: later, work: succeed });
    },
    ends: { class: 'usage', item: 'open' },
  },
  {
    name: 'other jobs that are no requests',
    async play(redis) {
      const queue = new Queue(NAME, { connection: (await linkTo(redis.url)).options, prefix: 'sluice' });
      atTestEnd(() => queue.close());
      for (const data of [null, 'text', [], { version: 1, item: 7 }]) await queue.add('x', data);
      return carried(redis, { work: succeed });
    },
    ends: done,
  },
  {
    name: 'whoever asked never comes back: what it came to is kept for a week',
    async play(redis) {
      const away = new AbortController();
      let begin = (): void => {};
      const begun = new Promise<void>((resolve) => (begin = resolve));
      await workerOn(redis.url, (...asked) => {
        begin();
        return succeed(...asked);
      });
      const carrier = await carrierOn(redis.url);
      const carrying = carrier.carry(item('a'), watching().watch, away.signal);
      await begun;
      const [key = ''] = redis.cli('KEYS', ITEM).split('\n');
      away.abort('SIGTERM');
      await carrying;
      await until('it has ended', () => redis.cli('HGET', key, 'state') === 'ended');
      const days = Number(redis.cli('PTTL', key)) / (24 * HOUR);
      if (!(days > 6.9 && days <= 7)) throw new Error(`it is kept for ${days} days`);
      return verdictOf(await carrier.carry(item('a'), watching().watch, new AbortController().signal), []);
    },
    ends: done,
  },
];

const succeed: Work = async () => {
  await sleep(100);
  return { bundle: ended('success') };
};

const write: Work = async (_, { beforeTool }) => {
  await beforeTool('Bash');
  return { bundle: ended('success') };
};

/** What a batch is told that can't begin. */
async function connected(url: string, answerMs = PATIENT_MS): Promise<Came> {
  const error: unknown = await linkTo(url, { answerMs }).catch((thrown: unknown) => thrown);
  if (error instanceof SluiceError && error.code !== 'internal' && !error.message.includes(PASSWORD))
    return refused(error.code);
  throw error;
}

/** How an item is carried out, and what happens meanwhile. */
interface Course {
  readonly before?: () => void;
  /** While no worker is there. */
  readonly waiting?: () => Promise<void>;
  /** When a worker has begun. */
  readonly begun?: () => unknown;
  /** What the worker does; absent: it is elsewhere. */
  readonly work?: Work;
  /** Whether the worker is never heard of again. */
  readonly isLost?: boolean;
}

/** Has an item carried out. */
async function carried(
  redis: RedisServer,
  course: Course,
  { url = redis.url, answerMs = ANSWER_MS }: { readonly url?: string; readonly answerMs?: number } = {},
): Promise<Came> {
  const { before, waiting, begun, work, isLost = false } = course;
  const carrier = await carrierOn(url, { answerMs });
  const { watch, used } = watching();
  before?.();
  const carrying = carrier.carry(item('a'), watch, new AbortController().signal);
  if (waiting !== undefined) {
    await until('the item waits', () => redis.cli('LLEN', 'sluice:items:wait') === '1');
    await waiting();
  }
  if (work !== undefined) {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const perform: Work = async (...asked) => {
      const working = work(...asked);
      if (isLost) await working;
      await begun?.();
      if (isLost) await released;
      return working;
    };
    await workerOn(url, perform, { answerMs, ...(isLost ? {} : { leaseMs: LONG_LEASE_MS }) });
    atTestEnd(release);
  }
  return verdictOf(await carrying, used);
}

function verdictOf(report: Bundle, [tool]: readonly string[]): Came {
  const verdict = judge({ report, tool: tool ?? null, own: [], triesLeft: 1 });
  const came = verdict.next === 'again' ? 'again' : verdict.state;
  if (came === 'failed') throw new Error(report.outcome.message);
  return { class: report.outcome.class, item: came };
}

/** Long enough that somebody waits for an answer in vain, and makes the connection anew. */
async function forAMoment(redis: RedisServer): Promise<void> {
  redis.signal('SIGSTOP');
  await sleep(3 * ANSWER_MS);
  redis.signal('SIGCONT');
}

async function fullForAMoment(redis: RedisServer): Promise<void> {
  redis.cli('CONFIG', 'SET', 'maxmemory', '1');
  await sleep(2 * ANSWER_MS);
  redis.cli('CONFIG', 'SET', 'maxmemory', '0');
}

/** Takes a worker's lease away. */
function unlock(redis: RedisServer): void {
  redis.cli('DEL', ...redis.cli('KEYS', 'sluice:items:*:lock').split('\n'));
}

/** Makes a job that waits another one. */
async function rewritten(redis: RedisServer, changes: object): Promise<void> {
  const key = `sluice:items:${redis.cli('LINDEX', 'sluice:items:wait', '0')}`;
  const job: object = JSON.parse(redis.cli('HGET', key, 'data'));
  redis.cli('HSET', key, 'data', JSON.stringify({ ...job, ...changes }));
}

const PASSWORD = 'hunter2-hunter2';

/** The address for a user with a password, who may do so much. */
function as(redis: RedisServer, password: string, rules: string): string {
  redis.cli('ACL', 'SETUSER', 'me', 'reset', 'on', `>${PASSWORD}`, ...rules.split(' '));
  return redis.url.replace('//', `//me:${password}@`);
}

/** Has the server speak TLS, too, with a certificate of its own. */
async function encrypted(redis: RedisServer): Promise<{ readonly url: string; readonly ca: string }> {
  const folder = emptyFolder();
  const [key, ca] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const how = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=ours'.split(' ');
  await execa('openssl', ['req', ...how, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', ca]);
  const port = await freePort();
  const files = ['tls-auth-clients', 'no', 'tls-cert-file', ca, 'tls-key-file', key, 'tls-ca-cert-file', ca];
  const said = redis.cli('CONFIG', 'SET', ...files, 'tls-port', String(port));
  if (said !== 'OK') throw new Error(said);
  return { url: `rediss://127.0.0.1:${port}`, ca };
}

/** Takes items in a process of its own. */
async function workerElsewhere(url: string, env: Readonly<Record<string, string>>): Promise<void> {
  const worker = spawn(process.execPath, [builtInto(emptyFolder(), WORKER), url, '1', '0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(worker, 'exit');
  atTestEnd(async () => {
    worker.kill('SIGTERM');
    await exited;
  });
  await once(worker.stdout, 'data');
}

async function atAnotherTime(redis: RedisServer, by: number): Promise<Came> {
  await workerElsewhere(redis.url, oddMachine({ clock: { after: 0, by } }));
  return carried(redis, {});
}
