import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMessagesApi } from '../../src/demo/messages-api.ts';
import { installPeers } from '../peers/install.ts';
import { plain } from '../support/scenarios.ts';
import type { BenchFolder } from './bench-folder.ts';
import { atMost, below, type Figure, type Target } from './figure.ts';
import { offlineEnvironment } from './offline-environment.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { type Command, timeCommand, type Timing } from './time-command.ts';

/**
 * (b) What `sluice hi` and the Agent SDK take over the raw claude, against a stub of the API; and what they add to it, in
 * starts of an empty node.
 */
export async function benchWholeRun(folder: BenchFolder, claude: string, rounds: number): Promise<Figure[]> {
  const sdk = installPeers('sdk');
  const node = process.execPath;
  const api = await startMessagesApi(plain);
  try {
    const measured = (name: string, command: Command) => {
      const home = join(folder.path, name);
      mkdirSync(home);
      return () => timeCommand(command, offlineEnvironment(home, api.url), home);
    };
    const samples = await inRounds(rounds, {
      empty: measured('empty', [node, '-e', '0']),
      raw: measured('raw', [claude, '-p', 'hi', '--output-format', 'stream-json', '--verbose']),
      sluice: measured('sluice-run', [node, folder.sluice, `--claude=${claude}`, 'hi']),
      sdk: measured('sdk', [node, join(import.meta.dirname, 'processes/agent-sdk.mjs'), sdk, claude]),
    });
    return compare(samples);
  } finally {
    await api.close();
  }
}

function compare(samples: Record<'empty' | 'raw' | 'sluice' | 'sdk', Timing[]>): Figure[] {
  const figures: Figure[] = [];
  for (const [kind, limit, mostAdded] of [
    ['wall', 1.15, 2.5],
    ['cpu', 1.3, 4],
  ] as const) {
    const of = (name: keyof typeof samples): number[] => samples[name].map((timing) => timing[kind]);
    const sdk = pairedRatio(of('sdk'), of('raw'));
    const sluice = pairedRatio(of('sluice'), of('raw'));
    const raw = of('raw');
    const addedBy = (name: 'sluice' | 'sdk'): number =>
      median(of(name).map((value, round) => value - (raw[round] ?? Number.NaN))) / median(of('empty'));
    const ratio = (what: string, value: number, target?: Target): Figure => {
      return { part: 'b', what: `${kind}: ${what}`, value, unit: 'x', ...(target === undefined ? {} : { target }) };
    };
    figures.push(
      ...(['empty', 'raw', 'sluice', 'sdk'] as const).map((name): Figure => {
        return { part: 'b', what: `${kind}: ${LABELS[name]}`, value: median(of(name)), unit: 'ms' };
      }),
      ratio('sluice over raw', sluice, atMost(limit)),
      ratio('Agent SDK over raw', sdk),
      ratio('sluice, to be below the SDK', sluice, below(sdk)),
      ratio('sluice adds, over node -e 0', addedBy('sluice'), atMost(mostAdded)),
      ratio('Agent SDK adds, over node -e 0', addedBy('sdk')),
    );
  }
  return figures;
}

const LABELS = { empty: 'node -e 0', raw: 'claude -p hi', sluice: 'sluice hi', sdk: 'Agent SDK query()' };
