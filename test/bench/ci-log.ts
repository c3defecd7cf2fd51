import { join } from 'node:path';
import process from 'node:process';
import type { BenchFolder } from './bench-folder.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { atMost, type Figure } from './figure.ts';
import { writeMixedStream } from './mixed-stream.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { timeCommand, type Timing } from './time-command.ts';

const MB = 1_000_000;
const SIZE = 50 * MB;

/** (i) What the log of a CI job takes over ndjson, for a stream of 50 MB, in processor time: others disturb that less. */
export async function benchCiLog(folder: BenchFolder, rounds: number): Promise<Figure[]> {
  const { path } = writeMixedStream(join(folder.path, 'ci.ndjson'), SIZE);
  const replay = (format: string): string[] => [process.execPath, folder.sluice, 'replay', '-o', format, path];
  // How sluice judges such a medley of failures is no matter here.
  const shown = (format: string) => () =>
    timeCommand(['sh', '-c', '"$@" || true', 'sh', ...replay(format)], cleanEnvironment(folder.path));
  const samples = await inRounds(rounds, { ndjson: shown('ndjson'), github: shown('github') });
  const of = (timings: readonly Timing[]): number[] => timings.map(({ cpu }) => cpu);
  const ratio = pairedRatio(of(samples.github), of(samples.ndjson));
  return [
    { part: 'i', what: 'cpu: 50 MB as ndjson', value: median(of(samples.ndjson)), unit: 'ms' },
    { part: 'i', what: 'cpu: 50 MB as github', value: median(of(samples.github)), unit: 'ms' },
    { part: 'i', what: 'cpu: github over ndjson', value: ratio, unit: 'x', target: atMost(1.05) },
  ];
}
