import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMessagesApi } from '../../src/demo/messages-api.ts';
import { type Host, run } from '../../src/run.ts';
import { createPool } from '../../src/run/pool.ts';
import { plain } from '../support/scenarios.ts';
import type { BenchFolder } from './bench-folder.ts';
import { atMost, type Figure } from './figure.ts';
import { offlineEnvironment } from './offline-environment.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { timeCommand } from './time-command.ts';
import { startWaitingClaude } from './waiting-claude.ts';

/**
 * (f) A whole run, from the call to the end of the clean-up: with a claude that was started before, with one of its own, and
 * beside them the raw claude, and a waiting one with nothing around it, from its prompt to its exit.
 */
export async function benchWarmStart(folder: BenchFolder, claude: string, rounds: number): Promise<Figure[]> {
  const api = await startMessagesApi(plain);
  const place = (name: string) => {
    const cwd = join(folder.path, name);
    mkdirSync(cwd);
    return { cwd, env: offlineEnvironment(cwd, api.url) };
  };
  const [raw, bare, warm, cold] = ['warm-raw', 'warm-bare', 'warm-pool', 'warm-cold'].map(place);
  if (raw === undefined || bare === undefined || warm === undefined || cold === undefined) throw new Error('no places');
  const timed = async (cwd: string, host: Host): Promise<number> => {
    const start = performance.now();
    const ending = await run({ prompt: 'hi', cwd, claudePath: claude }, [], host);
    if (ending.class !== 'success') throw new Error(`the run ended as ${ending.class}: ${ending.message}`);
    return performance.now() - start;
  };
  try {
    const samples = await inRounds(rounds, {
      raw: async () =>
        (await timeCommand([claude, '-p', 'hi', '--output-format', 'stream-json', '--verbose'], raw.env, raw.cwd)).wall,
      bare: async () => (await startWaitingClaude(claude, bare.env, bare.cwd)).ask(),
      warm: async () => {
        await using pool = await createPool({
          request: { cwd: warm.cwd, claudePath: claude },
          host: { env: warm.env },
        });
        await pool.ready();
        const time = await timed(warm.cwd, { env: warm.env, pool });
        if (pool.state().served.warm !== 1) throw new Error('the run was given no claude that waited');
        return time;
      },
      cold: () => timed(cold.cwd, { env: cold.env }),
    });
    const added = samples.warm.map((time, round) => time - (samples.bare[round] ?? Number.NaN));
    const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part: 'f', what, value, unit: 'ms', ...rest };
    };
    return [
      figure('claude -p hi', median(samples.raw)),
      figure('a waiting claude, prompt to exit', median(samples.bare)),
      figure('run() with a pool', median(samples.warm)),
      figure('run() without', median(samples.cold)),
      figure('with a pool over claude -p', pairedRatio(samples.warm, samples.raw), { unit: 'x', target: atMost(0.3) }),
      figure('with a pool adds to a waiting claude', median(added), { target: atMost(40) }),
      figure('without over claude -p', pairedRatio(samples.cold, samples.raw), { unit: 'x', target: atMost(1.1) }),
    ];
  } finally {
    await api.close();
  }
}
