import { expect, it } from 'vitest';
import { SluiceError } from '../../../../src/errors.ts';
import { createApp } from '../../../../src/servers/http/app.ts';
import { listen } from '../../../../src/servers/http/listener.ts';
import { takeOver } from '../../../../src/servers/http/take-over.ts';
import { serve } from './serve.ts';

it('tells where it listens', async () => {
  const { listener, ask } = await serve(async () => 'hello');
  expect(listener.url.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(ask()).resolves.toMatchObject({ status: 200, body: 'hello' });
});

it('answers what a handler throws with 500, without a word of it', async () => {
  const { ask, errors } = await serve(() => {
    throw new Error('hunter2');
  });
  const { status, body } = await ask();
  expect(status).toBe(500);
  expect(JSON.parse(body)).toMatchObject({ status: 'error', error_code: 'server_error' });
  expect(body).not.toContain('hunter2');
  expect(errors).toEqual([expect.objectContaining({ message: 'hunter2' })]);
});

it('breaks off an answer that has begun when its handler fails', async () => {
  const { ask, errors } = await serve((_, reply) =>
    takeOver(reply, async (res) => {
      res.write('half');
      await Promise.reject(new Error('no more'));
    }),
  );
  await expect(ask()).rejects.toThrow(/hang up|aborted/);
  expect(errors).toEqual([new Error('no more')]);
});

it('names the flag when the port is taken', async () => {
  const { listener } = await serve(() => {});
  const again = listen(emptyApp(), { host: '127.0.0.1', port: Number(listener.url.port), flag: '--admin-port' });
  await expect(again).rejects.toThrow(SluiceError);
  await expect(again).rejects.toThrow(`127.0.0.1:${listener.url.port}: something else listens there`);
  await expect(again).rejects.toThrow('--admin-port');
});

it('says that an address is not one of this machine', async () => {
  await expect(listen(emptyApp(), { host: '192.0.2.1', port: 0 })).rejects.toThrow('--host');
});

it('closes though an answer never ends', async () => {
  const { listener, ask } = await serve((_, reply) => void reply.hijack().raw.write('on and on'));
  const asked = ask();
  asked.catch(() => {});
  await new Promise((resolve) => setImmediate(resolve));
  await listener.close();
  await expect(asked).rejects.toThrow(/hang up|aborted|ECONN/);
});

it('tells clients to give up a connection that idles before it is closed', async () => {
  const { listener } = await serve(async () => 'hello');
  const kept = await fetch(listener.url);
  expect(kept.headers.get('keep-alive')).toBe('timeout=10');
  const left = await fetch(listener.url, { headers: { connection: 'close' } });
  expect([left.headers.get('connection'), left.headers.get('keep-alive')]).toEqual(['close', null]);
});

function emptyApp() {
  return createApp({ nothingHere: 'there is nothing here' });
}
