import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { ask } from './ask.ts';
import { holdingsOf } from './holdings.ts';
import { startGateway } from './start-server.ts';

const WARM_UP = 100;
const QUERIES = 500;
const CLIENTS = 4;
const MEBIBYTE = 1024 * 1024;

/** What a gateway holds more after 500 queries than before. */
export async function benchLeaks(folder: BenchFolder): Promise<Figure[]> {
  const claude = join(import.meta.dirname, '../processes/instant-claude.sh');
  const args = ['--claude', claude, '--max-runs', String(CLIENTS), '--keep-runs', '50'];
  const gateway = await startGateway(folder, 'gateway-leaks', args, (home) => ({
    ...cleanEnvironment(home),
    ANTHROPIC_API_KEY: 'none',
  }));
  const url = new URL('/v1/queries', gateway.url).href;
  async function query(times: number): Promise<void> {
    let left = times;
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (left-- > 0) {
          const { status, body } = await ask(url, { prompt: 'hi' });
          if (status !== 200) throw new Error(`a query was answered with ${status}: ${body}`);
        }
      }),
    );
    await sleep(1_000);
  }
  try {
    await query(WARM_UP);
    const before = holdingsOf(gateway);
    await query(QUERIES);
    const after = holdingsOf(gateway);
    const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part: 'leaks', what: `after ${QUERIES} queries: ${what}`, value, unit: '', ...rest };
    };
    return [
      figure('memory before', before.memory / MEBIBYTE, { unit: 'MiB' }),
      figure('more memory', (after.memory - before.memory) / MEBIBYTE, { unit: 'MiB', target: atMost(32) }),
      figure('more descriptors', after.descriptors - before.descriptors, { target: atMost(0) }),
      figure('more temporary files', after.files - before.files, { target: atMost(0) }),
    ];
  } finally {
    await gateway.close();
  }
}
