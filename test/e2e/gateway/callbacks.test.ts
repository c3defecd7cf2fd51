import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { startGateway } from '../../support/gateway.ts';
import { startReceiver } from '../../support/receiver.ts';
import { visit } from '../../support/visit.ts';

/** Fails twice, leads elsewhere, or says nothing: as the path says. */
async function receiver() {
  const { received, port } = await startReceiver((response, { path }, all) => {
    if (path === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    if (path === '/flaky') response.writeHead(all.filter((one) => one.path === path).length < 3 ? 503 : 204).end();
  });
  return { received, host: `127.0.0.1:${port}` };
}

it('programs are told of the end of their queries, signed and as often as it takes', async () => {
  const { received, host } = await receiver();
  const home = freshHome();
  const [keyFile, audit] = [join(home.path, 'key'), join(home.path, 'audit.jsonl')];
  writeFileSync(keyFile, 'thirty-two bytes that a lot drew', { mode: 0o600 });
  const state = join(home.path, 'state');
  const args = [
    '--state',
    state,
    '--callback-hosts',
    host,
    '--callback-key-file',
    keyFile,
    '--callback-private',
    '--audit',
    audit,
  ];
  const server = await startGateway(args, { home, fake: [...begin, ...succeed] });
  const ask = async (path: string): Promise<string> => {
    const response = await server.post(
      { prompt: 'hi', callbackUrl: `http://${host}${path}` },
      {},
      '/v1/queries?wait=false',
    );
    return Object(await response.json()).runId;
  };
  expect((await server.post({ prompt: 'hi', callbackUrl: 'http://169.254.169.254/' })).status).toBe(403);
  const [flaky, , silent] = [await ask('/flaky'), await ask('/moved'), await ask('/silent')];
  await server.logs({ msg: 'callback delivered', runId: flaky, attempts: 3, status: 204 });
  await server.logs({ attempts: 1, status: 302 });
  const tries = received.filter(({ path }) => path === '/flaky');
  for (const { headers, body } of tries) {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    const signed = [id, time, body].join('.');
    const hmac = createHmac('sha256', readFileSync(keyFile)).update(signed);
    expect([id, signature]).toEqual([flaky, `v1,${hmac.digest('base64')}`]);
    expect(JSON.parse(body)).toMatchObject({ data: { runId: flaky, ended: 'finished', result: { summary: 'done' } } });
  }
  expect(received.map(({ path }) => path)).not.toContain('/elsewhere');
  const metrics = (await visit(server.adminUrl, '/metrics')).body;
  expect(metrics).toContain('sluice_callbacks_total{outcome="delivered"} 1\n');
  server.kill('SIGTERM');
  await server.logs({ msg: 'callback left: the server ended' });
  await expect(server.finished).resolves.toMatchObject({ exitCode: 0 });
  const next = await startGateway(args, { home, fake: [...begin, ...succeed] });
  await expect.poll(() => received.filter(({ path }) => path === '/silent').length).toBe(2);
  expect(await (await next.fetch(`/v1/queries/${silent}`)).json()).toMatchObject({
    state: 'finished',
    callback: 'due',
  });
  expect(await (await next.fetch(`/v1/queries/${flaky}`)).json()).toMatchObject({ callback: 'delivered' });
  const lines = readFileSync(audit, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Object(JSON.parse(line)));
  expect(lines.flatMap(({ callback }) => callback?.attempts ?? [])).toEqual([1, 3, 1]);
});
