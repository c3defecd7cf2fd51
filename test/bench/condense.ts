import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchFolder } from './bench-folder.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { peakMemory } from './peak-memory.ts';
import { inRounds } from './rounds.ts';
import { pairedRatio } from './statistics.ts';
import { timeCommand } from './time-command.ts';

const MB = 1_000_000;

/** (f) How fast a log is condensed, over `sluice redact` of the same, and in how much memory 1 GB of one. Linux only. */
export async function benchCondense(folder: BenchFolder, rounds: number): Promise<Figure[]> {
  const log = writeLog(join(folder.path, 'app.log'), 100 * MB);
  const { redact, condense } = await inRounds(rounds, {
    redact: () => timeCommand([process.execPath, folder.sluice, 'redact', log], process.env),
    condense: () => timeCommand([process.execPath, folder.sluice, 'condense', log], process.env),
  });
  const cpu = (timings: typeof redact): number[] => timings.map((timing) => timing.cpu);
  return [
    {
      part: 'h',
      what: '100 MB: condense over redact',
      value: pairedRatio(cpu(redact), cpu(condense)),
      unit: 'x',
      target: atLeast(0.6),
    },
    {
      part: 'h',
      what: '1 GB piped in: peak memory',
      value: (await peak(folder, log)) / MB,
      unit: 'MB',
      target: atMost(157),
    },
  ];
}

/** Condenses a log ten times over, through a pipe. */
async function peak({ sluice }: BenchFolder, log: string): Promise<number> {
  const producer = spawn('cat', Array<string>(10).fill(log), { stdio: ['ignore', 'pipe', 'inherit'] });
  const condense = spawn(process.execPath, [sluice, 'condense', '-q'], {
    stdio: [producer.stdout, 'ignore', 'inherit'],
  });
  producer.stdout.destroy();
  let most = 0;
  const watch = setInterval(() => (most = peakMemory(condense.pid) ?? most), LOOK_MS);
  const [code] = await once(condense, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`sluice condense exited with ${code}`);
  return most;
}

/** How often to look at the process. */
const LOOK_MS = 20;

/** Writes a log of a service: requests, now and then a warning, an error with its stack. */
function writeLog(path: string, size: number): string {
  const descriptor = openSync(path, 'w');
  let written = 0;
  for (let line = 0; written < size; line += 1) written += writeSync(descriptor, linesOf(line));
  closeSync(descriptor);
  return path;
}

function linesOf(line: number): string {
  const moment = new Date(1_700_000_000_000 + line * 37).toISOString();
  const id = ((line * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  if (line % 5000 === 4999)
    return `${moment} ERROR [worker-${line % 8}] app.Job: job ${id} failed\njava.io.IOException: reset\n\tat app.Job.run(Job.java:${line % 90})\n\tat app.Pool.call(Pool.java:12)\n`;
  if (line % 97 === 0)
    return `${moment} WARN [worker-${line % 8}] app.Pool: ${line % 40} jobs are waiting for a worker\n`;
  return `${moment} INFO [worker-${line % 8}] app.Http: GET /api/items/${line % 5000} from 10.0.${line % 250}.7:${line % 60_000} took ${line % 900} ms, request ${id}\n`;
}
