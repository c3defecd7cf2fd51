import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BenchFolder } from './bench-folder.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { type Stream, writeMixedStream } from './mixed-stream.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';

const MB = 1_000_000;
const PROCESSES = join(import.meta.dirname, 'processes');

/** What a stream took on its way through one process. */
interface Passage {
  /** MB of the stream a second of the process's whole life. */
  readonly speed: number;
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
    const bare = samples.bare.map(({ speed }) => speed);
    const sluice = samples.sluice.map(({ speed }) => speed);
    const peak = Math.max(...samples.sluice.map((passage) => passage.peak));
    peaks.push(peak);
    const what = (name: string): Pick<Figure, 'part' | 'what'> => ({ part: 'c', what: `${size} MB: ${name}` });
    figures.push(
      { ...what('bare loop'), value: median(bare), unit: 'MB/s' },
      { ...what('sluice'), value: median(sluice), unit: 'MB/s', target: atLeast(100) },
      { ...what('ratio'), value: pairedRatio(sluice, bare), unit: 'x', target: atLeast(0.5) },
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
  const watch = setInterval(() => (peak = peakMemory(node.pid) ?? peak), 20);
  const [counted, errors] = await Promise.all([text(reader.stdout), text(node.stderr)]);
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  // How sluice judges such a medley of failures is no matter here; that all of it arrives is.
  if (Number(counted) < stream.lines) throw new Error(`${script[0]}: ${counted} of ${stream.lines} lines\n${errors}`);
  return { speed: stream.bytes / MB / seconds, peak: peak / MB };
}

/** The kernel's own high-water mark, in bytes. It only grows, so the last look is the highest. */
function peakMemory(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
