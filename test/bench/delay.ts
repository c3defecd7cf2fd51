import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchFolder } from './bench-folder.ts';
import { atMost, type Figure } from './figure.ts';
import { percentile } from './statistics.ts';

/** (d) How long an event takes from claude's write to what a reader of our ndjson sees. */
export async function benchDelay({ sluice }: BenchFolder, events: number): Promise<Figure[]> {
  const claude = join(import.meta.dirname, 'processes/ticking-claude.mjs');
  const child = spawn(process.execPath, [sluice, '-o', 'ndjson', `--claude=${claude}`, 'hi'], {
    env: { PATH: process.env['PATH'], SLUICE_BENCH_EVENTS: String(events) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const delays: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const arrivedAt = Number(process.hrtime.bigint()) / 1e6;
    const writtenAt: unknown = JSON.parse(line).message.writtenAt;
    if (typeof writtenAt === 'number') delays.push(arrivedAt - writtenAt);
  }
  const [code] = await exited;
  if (code !== 0) throw new Error(`sluice ended with ${code}`);
  if (delays.length !== events) throw new Error(`${delays.length} of ${events} events arrived`);
  return [
    { part: 'd', what: 'delay, p50', value: percentile(delays, 0.5), unit: 'ms' },
    { part: 'd', what: 'delay, p99', value: percentile(delays, 0.99), unit: 'ms', target: atMost(10) },
    { part: 'd', what: 'delay, longest', value: Math.max(...delays), unit: 'ms' },
  ];
}
