import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createApp } from '../../../../src/servers/http/app.ts';
import { bind, urlOf } from '../../../../src/servers/http/bind.ts';
import { createHeldServer, type HeldServer } from '../../../../src/servers/http/held-server.ts';
import { listen } from '../../../../src/servers/http/listener.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { visit } from '../../../support/visit.ts';

const ANYWHERE = { host: '127.0.0.1', port: 0 };

/** Listens, with nobody to answer. */
async function heldServer(): Promise<HeldServer & { readonly url: URL }> {
  const held = createHeldServer();
  await bind(held.server, ANYWHERE);
  atTestEnd(() => held.close());
  return { ...held, url: urlOf(held.server, ANYWHERE.host) };
}

it('has requests wait, with their bodies, until an application is ready', async () => {
  const held = await heldServer();
  const arrived = new Promise((resolve) => held.server.once('request', resolve));
  const early = visit(held.url, '/things', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"is":"early"}',
  });
  await arrived;
  const app = createApp({ nothingHere: 'there is nothing here', held });
  app.post('/things', async ({ body }) => ({ body }));
  app.get('/late', async () => 'late');
  const listener = await listen(app, ANYWHERE);
  expect(listener.url).toEqual(held.url);
  expect(JSON.parse((await early).body)).toEqual({ body: { is: 'early' } });
  expect(await visit(listener.url, '/late')).toMatchObject({ status: 200, body: 'late' });
  await listener.close();
  await expect(visit(listener.url, '/late')).rejects.toThrow('ECONNREFUSED');
});

it('lets go of whoever waits when it is closed before anybody can answer', async () => {
  const held = await heldServer();
  const arrived = new Promise((resolve) => held.server.once('request', resolve));
  const asked = visit(held.url, '/');
  await arrived;
  held.close();
  await expect(asked).rejects.toThrow(/hang up|ECONNRESET/);
});

it('does not listen where something else does', async () => {
  const { url } = await heldServer();
  const other = bind(createServer(), { host: url.hostname, port: Number(url.port) });
  await expect(other).rejects.toThrow(`cannot listen on ${url.host}: something else listens there`);
});

it('outlives a connection that cannot be accepted', async () => {
  const held = await heldServer();
  held.server.emit('error', new Error('accept EMFILE'));
  expect(held.server.listening).toBe(true);
});
