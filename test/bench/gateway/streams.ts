import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchFolder } from '../bench-folder.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { atMost, type Figure } from '../figure.ts';
import { percentile } from '../statistics.ts';
import { post } from './ask.ts';
import { holdingsOf } from './holdings.ts';
import { startGateway } from './start-server.ts';

/** As `ticking-claude.sh` has it. */
const EVENTS = 200;

const MEBIBYTE = 1024 * 1024;

/** Milliseconds between two of the clients that come. */
const APART_MS = 25;

interface Streamed {
  /** The ids of recorded events, in the order that they came. */
  readonly ids: readonly number[];
  readonly ticks: readonly number[];
  /** Milliseconds from claude's write to the client, of each. */
  readonly delays: readonly number[];
}

/** As many clients, each with a run of its own that it follows by server-sent events. */
export async function benchStreams(folder: BenchFolder, clients: number): Promise<Figure[]> {
  const claude = join(import.meta.dirname, '../processes/ticking-claude.sh');
  const args = ['--claude', claude, '--max-runs', String(clients)];
  const gateway = await startGateway(folder, 'gateway-streams', args, (home) => ({
    ...cleanEnvironment(home),
    ANTHROPIC_API_KEY: 'none',
  }));
  const url = new URL('/v1/queries', gateway.url).href;
  try {
    // What is loaded with the first run is no stream's.
    const first = follow(url);
    await sleep(2_000);
    const before = holdingsOf(gateway).memory;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, holdingsOf(gateway).memory)), 500);
    const streams: Promise<Streamed>[] = [];
    for (let client = 0; client < clients - 1; client++) {
      streams.push(follow(url));
      await sleep(APART_MS);
    }
    const all = await Promise.all([first, ...streams]);
    clearInterval(watch);
    const lost = all.reduce((sum, { ticks }) => sum + EVENTS - new Set(ticks).size, 0);
    const delays = all.flatMap((stream) => stream.delays);
    const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part: 'streams', what: `${clients} streams: ${what}`, value, unit: '', ...rest };
    };
    return [
      figure('events lost', lost, { target: atMost(0) }),
      figure('events out of order', outOfOrder(all), { target: atMost(0) }),
      figure('delay, p50', percentile(delays, 0.5), { unit: 'ms' }),
      figure('delay, p99', percentile(delays, 0.99), { unit: 'ms', target: atMost(50) }),
      figure('memory of a stream', (most - before) / MEBIBYTE / clients, { unit: 'MiB', target: atMost(0.5) }),
    ];
  } finally {
    await gateway.close();
  }
}

function outOfOrder(streams: readonly Streamed[]): number {
  const misplaced = (numbers: readonly number[]): number => numbers.filter((nth, at) => nth !== at + 1).length;
  return streams.reduce((sum, { ids, ticks }) => sum + misplaced(ids) + misplaced(ticks), 0);
}

async function follow(url: string): Promise<Streamed> {
  const response = await post(url, { prompt: 'hi' }, { accept: 'text/event-stream' });
  if (response.statusCode !== 200) throw new Error(`a stream was answered with ${response.statusCode}`);
  const ids: number[] = [];
  const ticks: number[] = [];
  const delays: number[] = [];
  let rest = '';
  for await (const piece of response) {
    const arrivedAt = performance.timeOrigin + performance.now();
    const lines = `${rest}${String(piece)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const id = /^id: ?(\d+)$/.exec(line)?.[1];
      if (id !== undefined) ids.push(Number(id));
      const [, nth, writtenAt] = /"nth":(\d+),"writtenAt":([\d.]+)/.exec(line) ?? [];
      if (nth === undefined) continue;
      ticks.push(Number(nth));
      delays.push(arrivedAt - Number(writtenAt));
    }
  }
  return { ids, ticks, delays };
}
