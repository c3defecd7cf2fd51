import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../src/errors.ts';
import { type Gateway, startGateway } from '../bench/gateway/start-server.ts';
import { processesOf, survivorsOf } from '../support/processes.ts';
import { BOUND, drawn, MEANWHILE_MS, watchClients } from './gateway-clients.ts';
import { makePlace, type Place } from './place.ts';
import { until } from './until.ts';

export const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
export const CLAUDE = fileURLToPath(new URL('processes/counting-claude.sh', import.meta.url));

/**
 * Submits runs to a gateway, leaves some and breaks the streams of others at moments that look like chance, kills the
 * gateway with every second round, starts it again, and goes on. Returns what was wrong: an event that came twice or never,
 * a state that is none to end with, something left.
 */
export async function tryGateway(round: number): Promise<readonly string[]> {
  const place = makePlace();
  const random = drawn(round);
  try {
    return await observe(place, random, round % 2 === 0);
  } catch (error) {
    return [messageOf(error)];
  } finally {
    for (const pid of processesOf(place.home).keys()) killHard(pid);
    place.remove();
  }
}

async function observe(place: Place, random: () => number, isKilled: boolean): Promise<readonly string[]> {
  let gateway = await start(place);

  async function disturb(): Promise<void> {
    if (!isKilled) return;
    await new Promise((resolve) => setTimeout(resolve, random() * MEANWHILE_MS));
    process.kill(gateway.pid, 'SIGKILL');
    gateway = await start(place);
  }

  const problems = await watchClients({ urlNow: () => gateway.url, disturb, isKilled }, random);
  await gateway.close();
  return [...problems, ...(await leftIn(place, ['gateway']))];
}

/** What servers with homes of those names have left. */
export async function leftIn({ home }: Place, names: readonly string[]): Promise<readonly string[]> {
  const left = await survivorsOf(home, BOUND);
  const files = (): readonly string[] =>
    names.flatMap((name) => readdirSync(join(home, name, 'tmp'))).filter((name) => name.startsWith('sluice-'));
  // The guardian of one that was killed removes them last, and is not seen here.
  await until('all folders are gone', () => files().length === 0, BOUND).catch(() => {});
  return [
    ...left.map((commandLine) => `left running: ${commandLine}`),
    ...files().map((name) => `left on disk: ${name}`),
  ];
}

function start({ home }: Place): Promise<Gateway> {
  const args = ['--claude', CLAUDE, '--state', join(home, 'state'), '--max-runs', '3'];
  return startGateway({ path: home, sluice: SLUICE }, 'gateway', args, () => ({
    PATH: process.env['PATH'],
    HOME: home,
    ANTHROPIC_API_KEY: 'none',
  }));
}

export function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
