import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../src/errors.ts';
import { type Gateway, startGateway } from '../bench/gateway/start-server.ts';
import { processesOf } from '../support/processes.ts';
import { type RedisServer, redisIn } from '../support/redis.ts';
import { drawn, MEANWHILE_MS, watchClients } from './gateway-clients.ts';
import { makePlace, type Place } from './place.ts';
import { CLAUDE, killHard, leftIn, SLUICE } from './try-gateway.ts';

const NAMES = ['one', 'two'] as const;

/**
 * The same as for one gateway with two replicas of it, of which clients ask now one and now the other, and one is killed in each
 * round.
 */
export async function tryReplicas(round: number): Promise<readonly string[]> {
  const place = makePlace();
  const random = drawn(round);
  const folder = join(place.home, 'redis');
  mkdirSync(folder);
  const redis = await redisIn(folder);
  try {
    return await observe(place, redis, random);
  } catch (error) {
    return [messageOf(error)];
  } finally {
    for (const pid of processesOf(place.home).keys()) killHard(pid);
    await redis.kill();
    place.remove();
  }
}

async function observe(place: Place, redis: RedisServer, random: () => number): Promise<readonly string[]> {
  let replicas = await Promise.all(NAMES.map((name) => start(place, redis, name)));
  const urlNow = (): string => replicas[random() < 0.5 ? 0 : 1]?.url ?? '';

  async function disturb(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, random() * MEANWHILE_MS));
    const killed = random() < 0.5 ? 0 : 1;
    process.kill(replicas[killed]?.pid ?? 0, 'SIGKILL');
    const again = await start(place, redis, NAMES[killed]);
    replicas = replicas.with(killed, again);
  }

  const problems = await watchClients({ urlNow, disturb, isKilled: true }, random);
  await Promise.all(replicas.map((replica) => replica.close()));
  await redis.kill();
  return [...problems, ...(await leftIn(place, NAMES))];
}

function start({ home }: Place, { url }: RedisServer, name: string): Promise<Gateway> {
  const args = ['--claude', CLAUDE, '--max-runs', '3', '--lease', '1s'];
  return startGateway({ path: home, sluice: SLUICE }, name, args, (own) => ({
    PATH: process.env['PATH'],
    HOME: own,
    SLUICE_QUEUE: url,
    ANTHROPIC_API_KEY: 'none',
  }));
}
