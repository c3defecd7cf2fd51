import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { fillStore, RUNS } from '../kept-runs.ts';
import { percentile } from '../statistics.ts';
import { type Asked, look } from './ask.ts';
import { startGateway } from './start-server.ts';

const ROUNDS = 300;

/** What it takes to list and to replay runs, over HTTP, where many are kept. */
export async function benchKept(folder: BenchFolder): Promise<Figure[]> {
  const state = join(folder.path, 'gateway-state');
  mkdirSync(state, { mode: 0o700 });
  const ids = await fillStore(state, 'local');
  const claude = join(import.meta.dirname, '../processes/instant-claude.sh');
  const gateway = await startGateway(folder, 'gateway-kept', ['--claude', claude, '--state', state], cleanEnvironment);
  const times = async (act: () => Promise<Asked>): Promise<number[]> => {
    const taken: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { status, ms } = await act();
      if (status !== 200) throw new Error(`it was answered with ${status}`);
      taken.push(ms);
    }
    return taken;
  };
  const some = (): string => ids[Math.floor(Math.random() * ids.length)] ?? '';
  const at = (path: string): string => new URL(path, gateway.url).href;
  const stream = { accept: 'text/event-stream' };
  try {
    await look(at('/v1/queries'));
    const lists = await times(() => look(at('/v1/queries?limit=50')));
    const replays = await times(() => look(at(`/v1/queries/${some()}/events`), stream));
    const figure = (what: string, values: readonly number[]): Figure => ({
      part: 'kept',
      what: `${what}, p99, ${RUNS} runs kept`,
      value: percentile(values, 0.99),
      unit: 'ms',
      target: atMost(20),
    });
    return [figure('list 50 runs', lists), figure('replay a run of 100 messages', replays)];
  } finally {
    await gateway.close();
  }
}
