import type { Job } from '../../batch/queue/job.ts';
import { sparing } from '../../batch/queue/sparing.ts';
import { type Later, type RunWatch, startWorker } from '../../batch/queue/worker.ts';
import type { Delivery } from '../../batch/queue/delivery.ts';
import { defaultConcurrency } from '../../batch/local/default-concurrency.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError, messageOf } from '../../errors.ts';
import type { Caller } from '../../servers/caller.ts';
import type { Queries } from '../../servers/queries.ts';
import { failureOf, Refusal } from '../../servers/refusal.ts';
import { within } from '../../system/bounded-wait.ts';
import { keepHeapSteady } from '../../system/steady-heap.ts';
import type { Io } from '../io.ts';
import { seeOut } from '../output/see-out.ts';
import { openQueue } from '../service/open-queue.ts';
import { ADMIN_PORT, openService } from '../service/open-service.ts';
import { heedServerSignals } from '../service/server-signals.ts';
import { resolveServer } from '../settings/server-settings.ts';

/**
 * Carries out items from a queue until a signal comes: then no more are taken, and those that go on have their time. A second
 * signal stops them, a third one hurries. Returns the exit code.
 */
export async function workerCommand(settings: Settings, io: Io): Promise<number> {
  if (read(settings, OPTION.queue) === undefined)
    throw new SluiceError('usage', '--queue: say where the queue is, such as redis://127.0.0.1:6379');
  keepHeapSteady();
  const concurrency = read(settings, OPTION.batchConcurrency) ?? defaultConcurrency();
  const server = { ...resolveServer(settings), maxRuns: concurrency, maxRunsPerCaller: concurrency };
  const { adminPort = ADMIN_PORT } = server;
  let force = (): void => {};
  const { drain, stop } = heedServerSignals(io, () => force());
  try {
    const service = await openService(settings, server, io, adminPort === 'off' ? null : adminPort, drain);
    const { queries, log, redact } = service;
    force = () => void queries.close();
    try {
      const warn = sparing((text) => log.warn(redact(text)));
      // What was done is handed over, however long the queue is away.
      const queue = await openQueue(settings, warn, Number.POSITIVE_INFINITY);
      const worker = startWorker({
        ...queue,
        concurrency,
        leaseMs: read(settings, OPTION.queueLease),
        carryOut: (...asked) => carryOut(queries, ...asked),
        onFault: warn,
      });
      await service.openAdmin();
      log.info('items are taken from a queue', {
        face: 'queue',
        queue: queue.name,
        ...(queue.only === null ? {} : { only: queue.only }),
        url: queue.link.shown,
      });
      await within(new Promise(() => {}), { signal: drain });
      log.info('told to end: no more items are taken; again to stop those that run');
      stop.signal.addEventListener('abort', () => worker.stop(), { once: true });
      await worker.drain().finally(queue.link.close);
    } finally {
      await service.close();
    }
  } finally {
    await seeOut(io);
  }
  return 0;
}

/** Milliseconds before this worker takes more, where it is not said when it may. */
const REST_MS = 10_000;

/** Whoever put the item there is asked nothing more: it gets what came of it. */
async function carryOut(
  queries: Queries,
  { query, batch }: Job,
  watch: RunWatch,
  signal: AbortSignal,
): Promise<Delivery | Later> {
  const caller: Caller = { subject: 'queue', transport: 'queue', protocol: 'queue', client: batch };
  const follower = { beforeTool: watch.beforeTool, sink: { write: watch.see, close() {} } };
  try {
    const { bundle } = await queries.ask(query, caller, follower, signal, { isSent: true });
    return { bundle };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('server_error', messageOf(error));
    const { errorCode, details } = refusal;
    if (errorCode === 'rate_limited' || errorCode === 'unavailable') {
      const seconds = Number(details['retryAfter'] ?? Number.NaN);
      return { afterMs: signal.aborted ? 0 : Number.isFinite(seconds) ? 1_000 * seconds : REST_MS };
    }
    return { refusal: failureOf(refusal) };
  }
}
