import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BenchFolder } from './bench-folder.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { type Stream, writeMixedStream } from './mixed-stream.ts';
import { peakMemory, processFile } from './peak-memory.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';

const MB = 1_000_000;
const PROCESSES = join(import.meta.dirname, 'processes');

/** What a stream took on its way through one process. */
interface Passage {
  /** MB of the stream a second of the process's whole life. */
  readonly speed: number;
  /** MB of the stream a second of the process's own CPU time, which other work on the machine disturbs less. */
  readonly cpuSpeed: number;
  /** The most memory that the process held at once, in MB. */
  readonly peak: number;
}

/** (c) How fast large streams go through to ndjson, over a bare loop, and in how much memory. Sizes in MB. */
export async function benchThroughput(
  folder: BenchFolder,
  sizes: readonly number[],
  rounds: number,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const peaks: number[] = [];
  for (const size of sizes) {
    const stream = writeMixedStream(join(folder.path, `${size}.ndjson`), size * MB);
    const claude = join(PROCESSES, 'cat-claude.sh');
    const samples = await inRounds(rounds, {
      bare: () => pass(stream, [join(PROCESSES, 'bare-loop.mjs')]),
      sluice: () => pass(stream, [folder.sluice, '-o', 'ndjson', `--claude=${claude}`, 'hi']),
    });
    const of = (name: keyof typeof samples, what: keyof Passage): number[] => samples[name].map((one) => one[what]);
    const peak = Math.max(...of('sluice', 'peak'));
    peaks.push(peak);
    const what = (name: string): Pick<Figure, 'part' | 'what'> => ({ part: 'c', what: `${size} MB: ${name}` });
    figures.push(
      { ...what('bare loop'), value: median(of('bare', 'speed')), unit: 'MB/s' },
      { ...what('sluice'), value: median(of('sluice', 'speed')), unit: 'MB/s', target: atLeast(100) },
      {
        ...what('ratio'),
        value: pairedRatio(of('sluice', 'speed'), of('bare', 'speed')),
        unit: 'x',
        target: atLeast(0.5),
      },
      { ...what('ratio by CPU time'), value: pairedRatio(of('sluice', 'cpuSpeed'), of('bare', 'cpuSpeed')), unit: 'x' },
      { ...what('peak memory'), value: peak, unit: 'MB', target: atMost(200) },
    );
  }
  const [smallest, largest] = [peaks[0], peaks.at(-1)];
  if (peaks.length > 1 && smallest !== undefined && largest !== undefined) {
    const value = largest / smallest;
    figures.push({ part: 'c', what: 'peak memory, largest over smallest', value, unit: 'x', target: atMost(1.2) });
  }
  return figures;
}

/** Lets a stream through a script of node's into a process that counts lines and forgets them. */
async function pass(stream: Stream, script: readonly string[]): Promise<Passage> {
  const start = performance.now();
  const reader = spawn('wc', ['-l'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const node = spawn(process.execPath, script, {
    env: { PATH: process.env['PATH'], SLUICE_BENCH_STREAM: stream.path },
    stdio: ['ignore', reader.stdin, 'pipe'],
  });
  reader.stdin.destroy();
  let peak = 0;
  let cpu = Number.NaN;
  const watch = setInterval(() => {
    peak = peakMemory(node.pid) ?? peak;
    cpu = cpuTime(node.pid) ?? cpu;
  }, LOOK_MS);
  const [counted, errors] = await Promise.all([text(reader.stdout), text(node.stderr)]);
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  // How sluice judges such a medley of failures is no matter here; that all of it arrives is.
  if (Number(counted) < stream.lines) throw new Error(`${script[0]}: ${counted} of ${stream.lines} lines\n${errors}`);
  return { speed: stream.bytes / MB / seconds, cpuSpeed: stream.bytes / MB / cpu, peak: peak / MB };
}

/** How often to look at the process; what it does after the last look is not seen. */
const LOOK_MS = 20;

/** User and system time of the process so far, in seconds: the 14th and 15th field, in ticks (proc(5)). */
function cpuTime(pid: number | undefined): number | null {
  const [, ...fields] = processFile(pid, 'stat').split(') ');
  const [user, system] = fields.join(') ').split(' ').slice(11, 13).map(Number);
  return user === undefined || system === undefined ? null : (user + system) / TICKS_PER_SECOND;
}

const TICKS_PER_SECOND = 100;
