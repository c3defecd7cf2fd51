import type { BenchFolder } from './bench-folder.ts';
import { atMost, type Figure } from './figure.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { timeCommand } from './time-command.ts';

/** (a) What `sluice --version` takes over an empty node. */
export async function benchStartUp({ sluice }: BenchFolder, rounds: number): Promise<Figure[]> {
  const node = process.execPath;
  const samples = await inRounds(rounds, {
    empty: () => timeCommand([node, '-e', '0'], process.env),
    version: () => timeCommand([node, sluice, '--version'], process.env),
  });
  const empty = samples.empty.map(({ wall }) => wall);
  const version = samples.version.map(({ wall }) => wall);
  return [
    { part: 'a', what: 'node -e 0', value: median(empty), unit: 'ms' },
    { part: 'a', what: 'sluice --version', value: median(version), unit: 'ms' },
    { part: 'a', what: 'ratio', value: pairedRatio(version, empty), unit: 'x', target: atMost(1.25) },
  ];
}
