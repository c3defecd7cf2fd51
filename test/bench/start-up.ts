import { join } from 'node:path';
import type { BenchFolder } from './bench-folder.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { atMost, type Figure } from './figure.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { type Command, timeCommand } from './time-command.ts';
import { timeUntilStarted } from './time-until-started.ts';

const INSTANT = join(import.meta.dirname, 'processes/instant-claude.sh');

/**
 * (a) What sluice takes over an empty node: for its version, until claude is started, and with one that answers at once; and
 * over its version, for an answer that is kept.
 */
export async function benchStartUp({ sluice, path }: BenchFolder, rounds: number): Promise<Figure[]> {
  const node = process.execPath;
  const env = cleanEnvironment(path);
  const run: Command = [node, sluice, `--claude=${INSTANT}`, 'hi'];
  const wallOf = async (command: Command): Promise<number> => (await timeCommand(command, env, path)).wall;
  const samples = await inRounds(rounds, {
    empty: () => wallOf([node, '-e', '0']),
    version: () => wallOf([node, sluice, '--version']),
    started: () => timeUntilStarted(run, env, path),
    instant: () => wallOf(run),
    // The round that is not counted is the one that asks.
    kept: () => wallOf([...run, '--cache', '1h']),
  });
  const { empty, version, kept } = samples;
  return [
    { part: 'a', what: 'node -e 0', value: median(empty), unit: 'ms' },
    ...(['version', 'started', 'instant'] as const).flatMap((name): Figure[] => {
      const { what, limit } = MEASURED[name];
      const ratio = pairedRatio(samples[name], empty);
      return [
        { part: 'a', what, value: median(samples[name]), unit: 'ms' },
        { part: 'a', what: `${what}, over node -e 0`, value: ratio, unit: 'x', target: atMost(limit) },
      ];
    }),
    { part: 'a', what: KEPT, value: median(kept), unit: 'ms' },
    {
      part: 'a',
      what: `${KEPT}, over sluice --version`,
      value: pairedRatio(kept, version),
      unit: 'x',
      target: atMost(2),
    },
  ];
}

const KEPT = 'an answer that is kept';

const MEASURED = {
  version: { what: 'sluice --version', limit: 1.15 },
  started: { what: 'until claude is started', limit: 2 },
  instant: { what: 'a run whose claude answers at once', limit: 4 },
} as const;
