import { type ItemWatch } from '../../src/batch/carrier.ts';
import { loadDriver } from '../../src/batch/queue/driver.ts';
import { openQueueCarrier } from '../../src/batch/queue/queue-carrier.ts';
import type { Delivery } from '../../src/batch/queue/delivery.ts';
import { type Later, type RunWatch, startWorker } from '../../src/batch/queue/worker.ts';
import { SluiceError } from '../../src/errors.ts';
import type { Message } from '../../src/messages/types.ts';
import { addressOf } from '../../src/redis-connection/address.ts';
import { loadRedis } from '../../src/redis-connection/driver.ts';
import { type Link, type LinkOptions, openLink } from '../../src/redis-connection/link.ts';
import { atTestEnd } from './test-end.ts';

/** The name of the queue. */
export const NAME = 'items';

/** After which a worker is soon known to be lost. */
const LEASE_MS = 500;

/** Connects to a server for as long as the test. */
export async function linkTo(url: string, options: Partial<LinkOptions> = {}): Promise<Link> {
  const address = addressOf(url);
  if (address === null) throw new Error(`${url} is no address`);
  const link = await openLink(await loadRedis(), address, { say() {}, ...options });
  atTestEnd(link.close);
  return link;
}

/** Has items carried out by workers, as a batch has, for as long as the test. */
export async function carrierOn(url: string, options: Partial<LinkOptions> = {}) {
  const carrier = openQueueCarrier({
    driver: await loadDriver(),
    link: await linkTo(url, options),
    name: NAME,
    only: null,
    batch: 'batch',
    queryOf: ({ id }) => ({ prompt: id }),
    faultOf: ({ message }) => new SluiceError('usage', message),
    say: options.say ?? (() => {}),
  });
  atTestEnd(() => carrier.close());
  return carrier;
}

/** What somebody does who carries out an item of a queue. */
export type Work = (query: unknown, watch: RunWatch, signal: AbortSignal) => Promise<Delivery | Later>;

/** Takes items in this process, for as long as the test. */
export async function workerOn(
  url: string,
  work: Work,
  { only = null, leaseMs = LEASE_MS, ...options }: WorkerOn = {},
) {
  const faults: string[] = [];
  const link = await linkTo(url, options);
  const worker = startWorker({
    driver: await loadDriver(),
    link,
    name: NAME,
    only,
    concurrency: 2,
    leaseMs,
    carryOut: ({ query }, watch, signal) => work(query, watch, signal),
    onFault: (text) => void faults.push(text),
  });
  atTestEnd(async () => {
    worker.stop();
    // Where the test took its server away, it says so.
    await worker.drain().catch(() => {});
  });
  return { ...worker, faults, link };
}

interface WorkerOn extends Partial<LinkOptions> {
  readonly only?: string | null;
  readonly leaseMs?: number;
}

/** What an item's batch is told meanwhile. */
export function watching() {
  const used: string[] = [];
  const seen: Message[] = [];
  const watch: ItemWatch = {
    writing: async () => {},
    used: (tool) => used.push(tool),
    see: ({ message }) => seen.push(message),
  };
  return { watch, used, seen };
}
