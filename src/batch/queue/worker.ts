import { setMaxListeners } from 'node:events';
import type { Job as QueuedJob } from 'bullmq';
import { SluiceError } from '../../errors.ts';
import { mayWrite } from '../../messages/tool-names.ts';
import type { RunEvent } from '../../messages/types.ts';
import { within } from '../../system/bounded-wait.ts';
import { toolsIn } from '../tools-in.ts';
import type { Driver } from './driver.ts';
import { openEvents } from './events.ts';
import { type Job, JOB_VERSION, readJob } from './job.ts';
import { describeFault, faultOf, type Link } from '../../redis-connection/link.ts';
import { partOf, PREFIX } from './part-of.ts';
import type { Delivery } from './delivery.ts';
import { openRecords } from './item-records.ts';

/** What a worker needs. */
export interface WorkerOptions {
  readonly driver: Driver;
  readonly link: Link;
  /** The name of the queue. */
  readonly name: string;
  /** The label of items that it takes; null: those without one. */
  readonly only: string | null;
  /** How many items it has at once. */
  readonly concurrency: number;
  /** Milliseconds after which a worker that is heard nothing of has lost its items. */
  readonly leaseMs: number;
  /** Carries out what is asked. Never rejects. */
  readonly carryOut: (job: Job, watch: RunWatch, signal: AbortSignal) => Promise<Delivery | Later>;
  /** Told what goes wrong with the queue, with every try. */
  readonly onFault: (text: string) => void;
}

/** It can't be carried out here and now: another worker may, or this one after a while. */
export interface Later {
  readonly afterMs: number;
}

/** Is told how a run goes on. */
export interface RunWatch {
  /** Settles once a tool may be used; where it rejects, it must not be. */
  beforeTool(tool: string): Promise<void>;
  see(event: RunEvent): void;
}

/** Takes items from a queue and carries them out. */
export interface QueueWorker {
  /**
   * Takes no more; settles once those that it has have ended.
   * @throws SluiceError `network` where the queue was away when the worker was stopped, and does not know what became of some
   */
  drain(): Promise<void>;
  /** Ends those that it has: what has written nothing goes back to the queue, unless that is away for long. */
  stop(): void;
}

/** Milliseconds for taking leave of the queue, once nothing is left to do. */
const CLOSE_MS = 3_000;

/** Milliseconds that each step on the queue may take once the worker was told to stop. */
const LAST_MS = 5_000;

/**
 * Begins to take items. Each has a lease that is renewed as long as the worker lives; where it is lost, the run is ended, and
 * no tool that may write is used any more.
 */
export function startWorker(options: WorkerOptions): QueueWorker {
  const { driver, link, name, only, concurrency, leaseMs, carryOut, onFault } = options;
  const { Worker, WaitingError } = driver;
  const { insist } = link;
  const records = openRecords(link.redis, name);
  const streams = openEvents(link.redis, name);
  const held = new Map<string, AbortController>();
  const working = new Set<Promise<null>>();
  const stopping = new AbortController();
  // Each item waits for it.
  setMaxListeners(0, stopping.signal);
  const over = new AbortController();
  /** How many items it could neither hand over nor give back. */
  let untold = 0;

  async function work(job: QueuedJob, token?: string): Promise<null> {
    const asked = readJob(job.data);
    if (asked === null || asked.run !== job.id) {
      const message = 'it is no request of sluice batch; nothing was started for it';
      onFault(`a job can not be carried out: ${message}`);
      throw new Error(message);
    }
    if (asked.version !== JOB_VERSION) await hand(asked, refusalOf(asked), null);
    else {
      // One more may come while it takes leave.
      const wanted = await within(isWanted(asked), { signal: stopping.signal });
      if (!wanted.done) await giveBack(job, token);
      else if (wanted.value) await perform(job, asked, token);
    }
    return null;
  }

  async function perform(job: QueuedJob, asked: Job, token: string | undefined): Promise<void> {
    const stop = new AbortController();
    held.set(asked.run, stop);
    if (stopping.signal.aborted) stop.abort('shutdown');
    let written: string | null = null;

    async function beforeTool(tool: string): Promise<void> {
      if (!mayWrite(tool)) return;
      const may = await insist(() => records.mark(asked.item, asked.run, tool), stop.signal);
      if (!may) {
        stop.abort('cancelled');
        throw new SluiceError('locked', 'whoever asked for it has given it up meanwhile');
      }
      written ??= tool;
    }

    try {
      const watch: RunWatch = {
        beforeTool,
        see(event) {
          streams.add(asked.run, event);
          // Of a claude that does not ask, this is the first that is heard of a tool.
          for (const tool of toolsIn(event)) beforeTool(tool).catch(() => stop.abort('cancelled'));
        },
      };
      const came = await carryOut(asked, watch, stop.signal);
      const isLater = 'afterMs' in came;
      if (isLater && came.afterMs > 0) rest(came.afterMs);
      // What has written nothing goes back to the queue, unless nobody wants it any more. Its answer is dropped, even a good one:
      // claude may have been kept from using a tool.
      if (written === null && (isLater || stop.signal.aborted)) return await giveBack(job, token);
      await hand(asked, isLater ? { refusal: GONE } : came, written);
    } finally {
      held.delete(asked.run);
    }
  }

  async function giveBack(job: QueuedJob, token: string | undefined): Promise<never> {
    await told(job.moveToWait(token));
    throw new WaitingError();
  }

  /** Waits for the queue to know of what was done: as long as it takes, or a moment once the worker was told to stop. */
  async function told(step: Promise<unknown>): Promise<void> {
    const known = await within(step, { signal: stopping.signal });
    if (known.done || (await within(step, { ms: LAST_MS })).done) return;
    untold++;
    throw new SluiceError('network', `${link.culprit}: it does not answer`);
  }

  /** Whether the submitter still waits for this very run, and none has begun it. */
  async function isWanted({ item, run }: Job): Promise<boolean> {
    const record = await insist(() => records.read(item), over.signal);
    return record?.run === run && record.state === 'open';
  }

  async function hand({ item, run }: Job, delivery: Delivery, tool: string | null): Promise<void> {
    streams.flush();
    await told(insist(() => records.deliver(item, run, delivery, tool), over.signal));
  }

  function tellFault(error: unknown): void {
    onFault(describeFault(faultOf(error, link.culprit)));
  }

  /** Has others take the items for a while. */
  function rest(ms: number): void {
    if (worker.isPaused()) return;
    void worker.pause(true).catch(tellFault);
    setTimeout(() => {
      worker.resume().catch(tellFault);
    }, ms).unref();
  }

  function begin(job: QueuedJob, token?: string): Promise<null> {
    const begun = work(job, token).finally(() => working.delete(begun));
    working.add(begun);
    return begun;
  }

  const worker = new Worker(partOf(name, only), begin, {
    connection: {
      ...link.options,
      retryStrategy: (times) => (over.signal.aborted ? null : link.options.retryStrategy(times)),
    },
    prefix: PREFIX,
    concurrency,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    maxStalledCount: 0,
  });
  worker.on('error', tellFault);
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) held.get(id)?.abort('cancelled');
  });

  return {
    async drain() {
      const closed = worker.close();
      do {
        while (working.size > 0) await Promise.allSettled(working);
        // Where Redis is away, BullMQ waits without end for its connections to be closed. One more item may come meanwhile.
        await within(closed, { ms: CLOSE_MS });
      } while (working.size > 0);
      over.abort();
      if (untold === 0) return;
      const why = `${link.culprit}: it was away, so it does not know what became of ${untold} of this worker's items; they count as lost`;
      throw new SluiceError('network', why);
    },
    stop() {
      stopping.abort();
      for (const stop of held.values()) stop.abort('shutdown');
    },
  };
}

const GONE = { error_code: 'unavailable', message: 'the worker ended', details: {} };

function refusalOf({ version }: Job): Delivery {
  const message = `this worker understands jobs of version ${JOB_VERSION}, not ${version}; have sluice batch and sluice worker of one version`;
  return { refusal: { error_code: 'bad_request', message, details: {} } };
}
