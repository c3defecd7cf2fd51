import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lacks } from '../../support/programs.ts';
import { type RedisServer, redisIn } from '../../support/redis.ts';
import { atTestEnd } from '../../support/test-end.ts';
import { QUEUE_FAULTS } from './queue.ts';

describe.skipIf(lacks('redis-server'))('A queue fails:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'queue-faults-'));
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await redisIn(folder);
  });
  afterAll(async () => {
    await redis.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(QUEUE_FAULTS.map((fault) => [fault.name, fault] as const))('%s', { timeout: 60_000 }, async (_, fault) => {
    atTestEnd(() => {
      redis.signal('SIGCONT');
      redis.cli('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
      redis.cli('FLUSHALL');
    });
    expect(await fault.play(redis)).toEqual(fault.ends);
  });
});
