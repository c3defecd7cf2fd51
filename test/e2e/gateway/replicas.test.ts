import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createClient } from '../../../src/client/client.ts';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { startGateway } from '../../support/gateway.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startNginx } from '../../support/nginx.ts';
import { lacks } from '../../support/programs.ts';
import { startReceiver } from '../../support/receiver.ts';
import { startRedis } from '../../support/redis.ts';
import { tryReplicas } from '../../torture/try-replicas.ts';

const said = Array.from({ length: 200 }, (_, nth): readonly Step[] => [{ say: `word ${nth}` }, { sleep: 50 }]);

describe.skipIf(lacks('redis-server') || lacks('nginx', ['-v']))('two replicas behind nginx', () => {
  it('take a stream up where the other one, which is killed, has left it, and end its run', async () => {
    const { url } = await startRedis();
    const invocation = { fake: [...begin, ...said.flat(), ...succeed], env: { SLUICE_QUEUE: url }, endsWith: null };
    const [one, two] = await Promise.all([
      startGateway(['--lease', '1s'], invocation),
      startGateway(['--lease', '1s'], { ...invocation, endsWith: 0 }),
    ]);
    const client = createClient({ url: await startNginx(one.url, two.url) });
    const run = await client.submit({ prompt: 'talk' }, { key: 'k' });
    const ids: number[] = [];
    let ending: unknown = null;
    for await (const item of run.events()) {
      if (item.kind !== 'event') continue;
      ids.push(item.id);
      if (ids.length === 10) one.kill('SIGKILL');
      ending = item.event.message;
    }
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(ids.map((_, at) => at + 1));
    expect(ending).toMatchObject({ code: 'ending', report: { outcome: { class: 'interrupted' } } });
    expect(await run.view()).toMatchObject({ state: 'interrupted', messages: ids.length - 1 });
    expect((await client.submit({ prompt: 'talk' }, { key: 'k' })).runId).toBe(run.runId);
  });

  it('tell every event once, whichever is asked, and leave nothing', async () => {
    expect(await tryReplicas(0)).toEqual([]);
  });
});

describe.skipIf(lacks('redis-server'))('a replica', () => {
  it('ends soon while Redis is away, and tells whoever waits for a run before it does', async () => {
    const redis = await startRedis();
    const gateway = await startGateway(['--drain-timeout', '0'], {
      fake: [...begin, { work: true }],
      env: { SLUICE_QUEUE: redis.url },
      endsWith: null,
    });
    const answer = gateway.post({ prompt: 'work' });
    const { runId } = await gateway.logs({ msg: 'query started' });
    await vi.waitUntil(() => redis.cli('PUBSUB', 'CHANNELS').includes(String(runId)), 10_000);
    await redis.kill();
    const since = performance.now();
    gateway.kill('SIGTERM');
    const { status, headers } = await answer;
    expect([status, headers.get('content-type')]).toEqual([503, expect.stringContaining('json')]);
    await gateway.finished;
    // The end of the run has 3 seconds, and what is left to write no more; a command that is on its way to Redis would have 15.
    expect(performance.now() - since).toBeLessThan(6_000);
  });

  it('writes down before it ends what came of telling programs, so that no other tells them again', async () => {
    const redis = await startRedis();
    const home = freshHome();
    const keyFile = join(home.path, 'key');
    writeFileSync(keyFile, 'thirty-two bytes that a lot drew', { mode: 0o600 });
    const waiting: ServerResponse[] = [];
    const { received, port } = await startReceiver((response) => void waiting.push(response));
    const host = `127.0.0.1:${port}`;
    const args = ['--callback-hosts', host, '--callback-key-file', keyFile, '--callback-private'];
    const gateway = await startGateway(args, { home, fake: [...begin, ...succeed], env: { SLUICE_QUEUE: redis.url } });
    await gateway.post({ prompt: 'hi', callbackUrl: `http://${host}/` });
    await vi.waitUntil(() => received.length === 1, 10_000);
    gateway.kill('SIGTERM');
    await gateway.logs({ msg: 'told to end' });
    waiting[0]?.writeHead(204).end();
    const { exitCode, stderr } = await gateway.finished;
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('"level":"error"')]);
    expect(redis.content()).toContain('delivered');
    expect(redis.cli('KEYS', '*:held:*')).toBe('');
  });

  it('says what is wrong with the Redis it is to use, and does not start', async () => {
    const { url } = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['--queue', url], 2, /drops keys, .*, when its memory is full \(allkeys-lru\)/],
      [['--queue', url, '--state', '.'], 2, /--state: with --queue, runs are kept in Redis; leave it out/],
      [['--queue', 'redis://127.0.0.1:1'], 75, /nothing listens there \(ECONNREFUSED\)/],
    ];
    for (const [args, exitCode, stderr] of wrong) {
      const ended = await sluiceHere(['serve', '--port', '0', '--admin-port', 'off', ...args], { fake: [] });
      expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringMatching(stderr)]);
    }
  });
});
