import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMessagesApi } from '../../../src/demo/messages-api.ts';
import { plain } from '../../support/scenarios.ts';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { offlineEnvironment } from '../offline-environment.ts';
import { inRounds } from '../rounds.ts';
import { median, pairedRatio } from '../statistics.ts';
import { timeCommand } from '../time-command.ts';
import { startGateway } from './start-server.ts';
import { untilWarm } from './warm.ts';

/** The command line as a client of a gateway with a claude that waits, from start to exit, beside the raw claude. */
export async function benchRemote(folder: BenchFolder, claude: string, rounds: number): Promise<Figure[]> {
  const api = await startMessagesApi(plain);
  const place = (name: string): string => {
    const cwd = join(folder.path, name);
    mkdirSync(cwd);
    return cwd;
  };
  const [raw, remote] = [place('raw-claude'), place('remote')];
  const gateway = await startGateway(folder, 'gateway-remote', ['--claude', claude, '--prewarm', '1'], (home) =>
    offlineEnvironment(home, api.url),
  );
  try {
    const samples = await inRounds(rounds, {
      raw: () => timeCommand([claude, '-p', 'hi'], offlineEnvironment(raw, api.url), raw),
      remote: async () => {
        await untilWarm(gateway);
        const command = [process.execPath, folder.sluice, '--gateway', gateway.url, 'hi'] as const;
        return timeCommand(command, cleanEnvironment(remote), remote);
      },
    });
    const walls = { raw: samples.raw.map(({ wall }) => wall), remote: samples.remote.map(({ wall }) => wall) };
    const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part: 'remote', what, value, unit: 'ms', ...rest };
    };
    return [
      figure('claude -p hi', median(walls.raw)),
      figure('sluice --gateway URL hi', median(walls.remote)),
      figure('… over claude -p', pairedRatio(walls.remote, walls.raw), { unit: 'x', target: atMost(0.5) }),
      figure('… its processor time', median(samples.remote.map(({ cpu }) => cpu))),
    ];
  } finally {
    await gateway.close();
    await api.close();
  }
}
