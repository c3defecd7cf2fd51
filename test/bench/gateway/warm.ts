import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMessagesApi } from '../../../src/demo/messages-api.ts';
import { installPeers } from '../../peers/install.ts';
import { plain } from '../../support/scenarios.ts';
import type { BenchFolder } from '../bench-folder.ts';
import { atMost, type Figure } from '../figure.ts';
import { offlineEnvironment } from '../offline-environment.ts';
import { inRounds } from '../rounds.ts';
import { median, pairedRatio } from '../statistics.ts';
import { timeCommand } from '../time-command.ts';
import { startWaitingClaude } from '../waiting-claude.ts';
import { ask, look, timeUntilResult } from './ask.ts';
import { type Gateway, type Server, startGateway, startServer } from './start-server.ts';

/** Milliseconds for a claude that was started to be all there. */
const SETTLED_MS = 1_500;

const PROMPT = { prompt: 'hi' };

/**
 * One turn of the real claude without a tool, over HTTP: with one that waits and without, and beside it the raw claude, a
 * bare one that waits, and what somebody would write around the Agent SDK.
 */
export async function benchWarm(folder: BenchFolder, claude: string, rounds: number): Promise<Figure[]> {
  const api = await startMessagesApi(plain);
  const place = (name: string): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } => {
    const cwd = join(folder.path, name);
    mkdirSync(cwd);
    return { cwd, env: offlineEnvironment(cwd, api.url) };
  };
  const gateway = (name: string, args: readonly string[]): Promise<Gateway> =>
    startGateway(folder, name, ['--claude', claude, ...args], (home) => offlineEnvironment(home, api.url));
  const [raw, bare] = [place('raw'), place('bare')];
  // One for each way of asking: there is a round until it is asked again, and its claude is all there.
  const warm = await gateway('gateway-warm', ['--prewarm', '1']);
  const streamed = await gateway('gateway-streamed', ['--prewarm', '1']);
  const cold = await gateway('gateway-cold', []);
  const sdkCold = await startPeer(place('sdk-cold'), claude, 'cold');
  const sdkWarm = await startPeer(place('sdk-warm'), claude, 'warm');
  const query = '/v1/queries';
  const whole = async (server: Server): Promise<number> => {
    const { body, ms } = await ask(new URL(query, server.url).href, PROMPT);
    if (!body.includes('"class":"success"')) throw new Error(`a query failed: ${body.slice(0, 500)}`);
    return ms;
  };
  // What others have been starting since their turn would take half of the machine.
  const quiet = async (): Promise<void> => void (await Promise.all([warm, streamed].map(untilWarm)));
  try {
    const samples = await inRounds(rounds, {
      raw: async () => {
        await quiet();
        return (
          await timeCommand([claude, '-p', 'hi', '--output-format', 'stream-json', '--verbose'], raw.env, raw.cwd)
        ).wall;
      },
      bare: async () => {
        const waiting = await startWaitingClaude(claude, bare.env, bare.cwd);
        await sleep(SETTLED_MS);
        return waiting.ask();
      },
      warm: async () => {
        await untilWarm(warm);
        return whole(warm);
      },
      streamed: async () => {
        await untilWarm(streamed);
        return timeUntilResult(new URL(query, streamed.url).href, PROMPT);
      },
      cold: async () => {
        await quiet();
        return whole(cold);
      },
      sdkWarm: async () => {
        await look(new URL('/ready', sdkWarm.url).href);
        await sleep(SETTLED_MS);
        return timeUntilResult(new URL('/query', sdkWarm.url).href, PROMPT);
      },
      sdkCold: () => timeUntilResult(new URL('/query', sdkCold.url).href, PROMPT),
    });
    for (const { adminUrl } of [warm, streamed]) {
      const { body } = await look(new URL('/metrics', adminUrl).href);
      const missed = Number(/sluice_starts_total\{kind="cold"\} (\d+)/.exec(body)?.[1] ?? 0);
      if (missed > 0) throw new Error(`${missed} queries were given no claude that waited`);
    }
    const figure = (part: string, what: string, value: number, rest: Partial<Figure> = {}): Figure => {
      return { part, what, value, unit: 'ms', ...rest };
    };
    const added = samples.warm.map((ms, round) => ms - (samples.bare[round] ?? Number.NaN));
    return [
      figure('warm', 'claude -p hi', median(samples.raw)),
      figure('warm', 'a waiting claude, prompt to exit', median(samples.bare)),
      figure('warm', 'Fastify and startup(), to the result', median(samples.sdkWarm)),
      figure('warm', 'POST to the whole bundle', median(samples.warm)),
      figure('warm', '… over claude -p', pairedRatio(samples.warm, samples.raw), { unit: 'x', target: atMost(0.3) }),
      figure('warm', '… added to a waiting claude', median(added), { target: atMost(40) }),
      figure('warm', 'POST to the result on SSE', median(samples.streamed)),
      figure('warm', '… over Fastify and startup()', pairedRatio(samples.streamed, samples.sdkWarm), {
        unit: 'x',
        target: atMost(1.3),
      }),
      figure('cold', 'Fastify and query(), to the result', median(samples.sdkCold)),
      figure('cold', 'POST to the whole bundle', median(samples.cold)),
      figure('cold', '… over claude -p', pairedRatio(samples.cold, samples.raw), { unit: 'x', target: atMost(1.1) }),
    ];
  } finally {
    await Promise.all([warm, streamed, cold, sdkCold, sdkWarm].map(({ close }) => close()));
    await api.close();
    // The SDK's claude goes when it has written down its session.
    await sleep(SETTLED_MS);
  }
}

/** Settles once a claude waits, and is all there. */
export async function untilWarm({ adminUrl }: Gateway): Promise<void> {
  for (;;) {
    const { body } = await look(new URL('/metrics', adminUrl).href);
    if (/^sluice_prewarmed 1$/m.test(body)) break;
    await sleep(50);
  }
  await sleep(SETTLED_MS);
}

function startPeer(
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  claude: string,
  way: 'warm' | 'cold',
): Promise<Server> {
  const program = join(import.meta.dirname, '../processes/sdk-server.mjs');
  const fastify = createRequire(import.meta.url).resolve('fastify');
  return startServer([program, installPeers('sdk'), fastify, claude, way], place, 'stdout', (line) =>
    line.startsWith('http') ? line : null,
  );
}
