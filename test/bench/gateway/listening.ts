import { join } from 'node:path';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { inRounds } from '../rounds.ts';
import { median, pairedRatio } from '../statistics.ts';
import { timeCommand } from '../time-command.ts';
import { startGateway } from './start-server.ts';

/** How long it takes until the gateway listens, over an empty node. */
export async function benchListening(folder: BenchFolder, rounds: number): Promise<Figure[]> {
  const claude = join(import.meta.dirname, '../processes/instant-claude.sh');
  const env = cleanEnvironment(folder.path);
  const samples = await inRounds(rounds, {
    empty: async () => (await timeCommand([process.execPath, '-e', '0'], env, folder.path)).wall,
    serve: async () => {
      const gateway = await startGateway(folder, 'gateway-listening', ['--claude', claude], cleanEnvironment);
      await gateway.close();
      return gateway.startedIn;
    },
  });
  const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
    return { part: 'listen', what, value, unit: 'ms', ...rest };
  };
  return [
    figure('node -e 0', median(samples.empty)),
    figure('sluice serve, until it listens', median(samples.serve)),
    figure('… over node -e 0', pairedRatio(samples.serve, samples.empty), { unit: 'x', target: atMost(4) }),
  ];
}
