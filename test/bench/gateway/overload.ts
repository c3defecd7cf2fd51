import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { median, percentile } from '../statistics.ts';
import { ask, type Asked } from './ask.ts';
import { startGateway } from './start-server.ts';

const PLACES = 2;
const RUNS = 10;

/** Milliseconds between two requests of a crowd, and how long it stays. */
const APART_MS = 10;
const CROWD_MS = 8_000;

/** What a crowd is told that there is no room for, and what becomes of those who were let in. */
export async function benchOverload(folder: BenchFolder): Promise<Figure[]> {
  const claude = join(import.meta.dirname, '../processes/slow-claude.sh');
  const limits = ['--max-runs', String(PLACES), '--max-queued', '0'];
  const gateway = await startGateway(folder, 'gateway-overload', ['--claude', claude, ...limits], (home) => ({
    ...cleanEnvironment(home),
    ANTHROPIC_API_KEY: 'none',
  }));
  const url = new URL('/v1/queries', gateway.url).href;
  const query = (): Promise<Asked> => ask(url, { prompt: 'hi' });
  try {
    await query();
    const alone = await Promise.all(
      Array.from({ length: PLACES }, async () => {
        const times: number[] = [];
        for (let run = 0; run < RUNS; run++) times.push((await query()).ms);
        return times;
      }),
    );
    const crowd: Promise<Asked>[] = [];
    const end = performance.now() + CROWD_MS;
    while (performance.now() < end) {
      crowd.push(query());
      await sleep(APART_MS);
    }
    const answers = await Promise.all(crowd);
    const times = (status: number): number[] =>
      answers.filter((answer) => answer.status === status).map(({ ms }) => ms);
    const [admitted, refused] = [times(200), times(429)];
    if (admitted.length + refused.length !== answers.length) throw new Error('a request was answered otherwise');
    const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part: 'overload', what, value, unit: 'ms', ...rest };
    };
    return [
      figure(`${refused.length} of ${answers.length} refused with 429, p99`, percentile(refused, 0.99), {
        target: atMost(10),
      }),
      figure('a run alone', median(alone.flat())),
      figure(`${admitted.length} runs in a crowd`, median(admitted)),
      figure('… over alone', median(admitted) / median(alone.flat()), { unit: 'x', target: atMost(1.2) }),
    ];
  } finally {
    await gateway.close();
  }
}
