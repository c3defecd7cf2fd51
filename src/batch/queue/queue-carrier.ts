import { createHash, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Queue } from 'bullmq';
import { SluiceError } from '../../errors.ts';
import type { Bundle } from '../../outcome/bundle.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Carrier, ItemWatch } from '../carrier.ts';
import type { Item } from '../item.ts';
import { within } from '../../system/bounded-wait.ts';
import { neverBegun, refused } from '../refused.ts';
import type { Driver } from './driver.ts';
import { hearEndings } from './hear-endings.ts';
import { openEvents } from './events.ts';
import { type Job, JOB_VERSION } from './job.ts';
import { partOf, PREFIX } from './part-of.ts';
import type { Link } from '../../redis-connection/link.ts';
import type { Delivery, Refused } from './delivery.ts';
import { type ItemRecord, openRecords } from './item-records.ts';

/** What having items carried out by workers needs. */
export interface QueueCarrierOptions {
  readonly driver: Driver;
  readonly link: Link;
  /** The name of the queue. */
  readonly name: string;
  /** The label of workers for items that name none themselves; null: workers without a label. */
  readonly only: string | null;
  /** Names the batch among all that use the queue. */
  readonly batch: string;
  /**
   * What is asked of a worker for an item: plain JSON, without secrets.
   * @throws SluiceError `usage` for what none can be asked for
   */
  readonly queryOf: (item: Item) => unknown;
  /** Why a worker refused, in our own terms. */
  readonly faultOf: (refused: Refused) => SluiceError;
  /** Told what should be known of the queue. */
  readonly say: (text: string) => void;
}

/** Milliseconds between two looks at an item of which nothing is heard. */
const LOOK_MS = 2_000;

/** Milliseconds after which it is told that nobody works. */
const ALONE_MS = 5_000;

/** Seconds that a job which was lost is kept, for whoever looks into the queue: a week. */
const KEPT_S = 7 * 24 * 3_600;

/** What may have been used where nobody knows any more. */
const UNKNOWN_TOOL = 'tools that nobody knows of any more';

/**
 * Has workers behind a queue carry items out. Whoever stops waiting takes back what no worker has begun; what goes on is
 * collected when the same batch is started again.
 */
export function openQueueCarrier(options: QueueCarrierOptions): Carrier {
  const { driver, link, name, batch, queryOf, faultOf, say } = options;
  const { insist } = link;
  const { Queue } = driver;
  const records = openRecords(link.redis, name);
  const streams = openEvents(link.redis, name);
  const parts = new Map<string | null, Part>();
  /** What is to be called when something is heard of a run. */
  const waiting = new Map<string, () => void>();
  /** The latest run of each item that is under way. */
  const runs = new Map<string, string>();
  const heeded = new WeakSet<AbortSignal>();
  let isOver = false;
  /** Ends what is no longer waited for once the batch is stopped. */
  const stopping = new AbortController();
  // Each item waits for it.
  setMaxListeners(0, stopping.signal);
  /** Items that a worker has gone on with, though nobody waits for them here any more. */
  const left = new Set<string>();
  const endings = hearEndings(link.redis, name, (run) => waiting.get(run)?.());

  /** The queue of BullMQ's for items of a label. */
  function queueFor(only: string | null): Queue {
    const known = parts.get(only);
    if (known !== undefined) return known.queue;
    const connection = {
      ...link.options,
      commandTimeout: link.answerMs,
      retryStrategy: (times: number) => (isOver ? null : link.options.retryStrategy(times)),
    };
    const queue = new Queue(partOf(name, only), { connection, prefix: PREFIX });
    // Told by whoever wants something of it.
    queue.on('error', () => {});
    const alone = setTimeout(() => void tellIfAlone(queue, name, only, say), ALONE_MS).unref();
    parts.set(only, { queue, alone });
    return queue;
  }

  /** Begins a try, or finds the one that an earlier start of the batch began. */
  async function submit({ id, queue }: Place, query: unknown, signal: AbortSignal): Promise<string> {
    const own = randomUUID();
    const run = await insist(() => records.begin(id, own), signal);
    runs.set(id, run);
    // A worker may still have an earlier one, though there is no job any more: it is not given to a second one.
    if (run !== own) return run;
    const job: Job = { version: JOB_VERSION, item: id, run, batch, query };
    const kept = { jobId: run, removeOnComplete: true, removeOnFail: { age: KEPT_S } };
    // Where the answer got lost, and it is there already, a second job of that name is none.
    await insist(() => queue.add('item', job, kept), signal);
    return run;
  }

  /** Has an item carried out; null where the signal comes before it has ended. */
  async function outcomeFor(
    place: Place,
    query: unknown,
    watch: ItemWatch,
    signal: AbortSignal,
  ): Promise<Ended | null> {
    try {
      return await outcomeOf(place, await submit(place, query, signal), watch, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** Waits until a run has ended or is lost; null where the signal comes first. */
  async function outcomeOf(
    place: Place,
    run: string,
    { see }: Pick<ItemWatch, 'see'>,
    signal: AbortSignal,
  ): Promise<Ended | null> {
    let seen = '';
    for (;;) {
      const news = newsOf(run, signal);
      // In this order on one connection: where it has ended, all its events are read.
      const [ended, told] = await insist(() => Promise.all([look(place, run), streams.read(run, seen)]), signal);
      seen = told.place;
      told.events.forEach(see);
      if (ended !== null) return ended;
      await news;
      if (signal.aborted) return null;
    }
  }

  async function look({ id, queue }: Place, run: string): Promise<Ended | null> {
    const record = await records.read(id);
    if (record?.run !== run) return { tool: UNKNOWN_TOOL, delivery: null };
    if (record.state === 'ended') return record;
    if (GOING_ON.has(await queue.getJobState(run))) return null;
    // No worker has it any more. From here on none that comes back can write, or hand over what it did.
    return (await records.close(id, run)) ?? { tool: UNKNOWN_TOOL, delivery: null };
  }

  function newsOf(run: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(run);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_MS);
      waiting.set(run, wake);
      if (signal.aborted) wake();
    });
  }

  /** All items have the same signal: one listener is enough for them. */
  function heed(signal: AbortSignal): void {
    if (heeded.has(signal)) return;
    heeded.add(signal);
    const stop = (): void => {
      stopping.abort();
      waiting.forEach((wake) => wake());
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  }

  /**
   * Takes an item back that no worker has begun, and leaves it where one may have. Yields what there was to know of one that
   * has come to its end meanwhile.
   */
  async function takeBack({ id, queue }: Place): Promise<Ended | null> {
    const run = runs.get(id);
    left.add(id);
    try {
      if (run === undefined || !UNBEGUN.has(await queue.getJobState(run))) return null;
      // First of all, so that a worker which takes it now can't write.
      const record = await records.close(id, run);
      await queue.remove(run);
      left.delete(id);
      return record === null || (record.tool === null && record.delivery === null) ? null : record;
    } catch {
      // Redis is away, and whoever comes next finds it as it is.
      return null;
    }
  }

  async function bundleOf(request: RunRequest, { delivery }: Ended): Promise<Bundle> {
    if (delivery === null)
      return refused(request, new SluiceError('network', `${link.shown}: the worker that had it is gone`));
    return 'bundle' in delivery ? delivery.bundle : refused(request, faultOf(delivery.refusal));
  }

  return {
    async carry(item, watch, signal) {
      heed(signal);
      const place = { id: idOf(batch, item), queue: queueFor(item.only ?? options.only) };
      // Its folder is one of the worker's.
      const { cwd: _cwd, ...request } = item.request;
      let query;
      try {
        query = queryOf(item);
      } catch (error) {
        if (error instanceof SluiceError) return refused(request, error);
        throw error;
      }
      const ended = (await outcomeFor(place, query, watch, signal)) ?? (await atLast(takeBack(place)));
      if (ended === null) return neverBegun(request, signal);
      if (ended.tool !== null) watch.used(ended.tool);
      return bundleOf(request, ended);
    },
    async settled(item) {
      const id = idOf(batch, item);
      const run = runs.get(id);
      runs.delete(id);
      if (left.delete(id)) return;
      const removed = insist(() => Promise.all([records.remove(id), run === undefined ? null : streams.remove(run)]));
      const known = await within(removed, { signal: stopping.signal });
      // Redis drops it after a while where it can't be told now.
      if (!known.done) await atLast(removed.catch(() => {}));
    },
    async close() {
      isOver = true;
      endings.close();
      for (const { alone } of parts.values()) clearTimeout(alone);
      await atLast(Promise.allSettled([...parts.values()].map(({ queue }) => queue.close())));
      link.close();
    },
  };
}

/** A queue of BullMQ's in use. */
interface Part {
  readonly queue: Queue;
  /** Tells, after a while, that it has no worker. */
  readonly alone: NodeJS.Timeout;
}

/** Where an item is. */
interface Place {
  readonly id: string;
  readonly queue: Queue;
}

/** What there is to know of a run that does not go on. */
type Ended = Pick<ItemRecord, 'tool'> & { readonly delivery: Delivery | null };

/** Milliseconds that each last step may take, taking leave of the queue among them. */
const LEAVE_MS = 5_000;

const UNBEGUN: ReadonlySet<string> = new Set(['waiting', 'delayed', 'prioritized']);
const GOING_ON: ReadonlySet<string> = new Set(['active', ...UNBEGUN]);

/** The same for the same item, whoever starts the batch again. */
function idOf(batch: string, { id, fingerprint }: Item): string {
  return createHash('sha256')
    .update(JSON.stringify([batch, id, fingerprint]))
    .digest('hex')
    .slice(0, 40);
}

/** Null where that takes too long, as where Redis is away. */
async function atLast<Result>(asked: Promise<Result>): Promise<Result | null> {
  const came = await within(asked, { ms: LEAVE_MS });
  return came.done ? came.value : null;
}

/** Where it can't be told, nothing is. */
async function tellIfAlone(
  queue: Pick<Queue, 'getWorkersCount'>,
  name: string,
  only: string | null,
  say: (text: string) => void,
): Promise<void> {
  const workers = await queue.getWorkersCount().catch(() => null);
  if (workers !== 0) return;
  const [which, flag] = only === null ? ['', ''] : [` that takes items of ${only}`, ` --only ${only}`];
  say(`no worker is there for the queue ${name}${which}; start one: sluice worker --queue ADDRESS${flag}`);
}
