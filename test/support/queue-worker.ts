/*
 * Usage: tsx queue-worker.ts URL CONCURRENCY WORK_MS
 * Takes items from a queue as `sluice worker` does, but for claude, which answers in this process, after a while. The answer
 * says how long that took. Prints a line once it takes items.
 */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from '../../src/redis-connection/address.ts';
import { loadDriver } from '../../src/batch/queue/driver.ts';
import { loadRedis } from '../../src/redis-connection/driver.ts';
import { openLink } from '../../src/redis-connection/link.ts';
import { startWorker } from '../../src/batch/queue/worker.ts';
import { collectBundle } from '../../src/sinks/formats/bundle.ts';
import { success } from '../unit/sinks/endings.ts';

const [url = '', concurrency = '1', workMs = '0'] = process.argv.slice(2);
const address = addressOf(url);
if (address === null) throw new Error(`${url} is no address`);
const driver = await loadDriver();
const link = await openLink(await loadRedis(), address, { say() {} });
const answer = collectBundle().bundle(success());
const worker = startWorker({
  driver,
  link,
  name: 'items',
  only: null,
  concurrency: Number(concurrency),
  leaseMs: 30_000,
  async carryOut() {
    const start = performance.now();
    if (Number(workMs) > 0) await sleep(Number(workMs));
    return { bundle: { ...answer, executionTime: performance.now() - start } };
  },
  onFault: (text) => void process.stderr.write(`${text}\n`),
});
process.once('SIGTERM', () => {
  void worker.drain().finally(link.close);
});
process.stdout.write('ready\n');
