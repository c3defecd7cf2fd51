import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../src/client/records.ts';
import { createPooledFetch } from '../../../src/remote/pooled-fetch.ts';
import { startProxy, type Tunnelling } from '../../support/connect-proxy.ts';
import { atTestEnd } from '../../support/test-end.ts';

const PATIENCE = { connectMs: 5_000, headersMs: 5_000, bodyMs: 5_000 };

/** A server, how many connections were made to it, and what asks it. */
async function served(answer: RequestListener, patience = {}) {
  const made = { count: 0, open: 0, broken: 0 };
  const server = createServer((req, res) => {
    res.on('close', () => (made.broken += res.writableEnded ? 0 : 1));
    answer(req, res);
  }).on('connection', (socket) => {
    made.count += 1;
    made.open += 1;
    socket.on('close', () => (made.open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { fetch, close } = await createPooledFetch(url, { ...PATIENCE, ...patience });
  atTestEnd(async () => {
    await close();
    server.closeAllConnections();
    server.close();
  });
  return { made, port: new URL(url).port, ask: (path = '/', init: RequestInit = {}) => fetch(`${url}${path}`, init) };
}

describe('a pooled fetch', () => {
  it('uses a connection again, for one request after the other', async () => {
    const { made, ask } = await served((_, res) => res.end('{"a":1}'));
    for (let times = 0; times < 5; times++) expect(await (await ask()).json()).toEqual({ a: 1 });
    expect(made.count).toBe(1);
  });

  it('has no more than 100 connections, and keeps 20 of them', async () => {
    const held: (() => void)[] = [];
    const { made, ask } = await served((_, res) => void held.push(() => void res.end('1')));
    const asked = Array.from({ length: 120 }, () => ask().then((reply) => reply.json()));
    await expect.poll(() => held.length).toBe(100);
    held.splice(0).forEach((answer) => answer());
    await expect.poll(() => held.length).toBe(20);
    held.splice(0).forEach((answer) => answer());
    expect(await Promise.all(asked)).toHaveLength(120);
    await expect.poll(() => made.open).toBeLessThanOrEqual(20);
  });

  it('gives an answer piece by piece, and lets go of one that is not read to its end', async () => {
    const { made, ask } = await served((req, res) => {
      res.write('data: 1\n\n');
      if (req.url === '/whole') res.end('data: 2\n\n');
    });
    const { body } = await ask('/whole');
    const records: string[] = [];
    if (body !== null) for await (const { data } of readRecords(body)) records.push(data);
    expect(records).toEqual(['1', '2']);
    const { body: endless } = await ask('/endless');
    await endless?.getReader().cancel();
    // Undici makes another one at once, in its place.
    await expect.poll(() => made.broken).toBe(1);
  });

  it('follows no redirect, and says what stands in headers', async () => {
    const { ask } = await served((_, res) => res.writeHead(302, { location: '/there', 'x-name': 'x' }).end());
    const { ok, status, headers } = await ask();
    expect([ok, status, headers.get('x-name'), headers.get('x-other')]).toEqual([false, 302, 'x', null]);
  });

  it.each([
    ['does not answer', 'headersMs', () => {}, 'UND_ERR_HEADERS_TIMEOUT'],
    [
      'falls silent',
      'bodyMs',
      (_: unknown, res: { write(text: string): void }) => res.write('{'),
      'UND_ERR_BODY_TIMEOUT',
    ],
  ] as const)('gives up a server that %s', async (_, name, answer, code) => {
    const { ask } = await served(answer, { [name]: 100 });
    await expect(ask().then((reply) => reply.json())).rejects.toMatchObject({ code });
  });
});

describe('a pooled fetch by way of a proxy', () => {
  async function proxied(tunnelling: Tunnelling, patience = {}) {
    const proxy = await startProxy(tunnelling);
    const url = new URL(`http://me:hunter2@127.0.0.1:${proxy.port}`);
    const through = { url, variable: 'HTTP_PROXY' };
    const { fetch, close } = await createPooledFetch('http://a.test', { ...PATIENCE, ...patience }, through);
    atTestEnd(close);
    return { ...proxy, ask: () => fetch('http://a.test/x', {}) };
  }

  it('has one tunnel for many requests, and says to the proxy alone who asks for it', async () => {
    const seen: (string | undefined)[] = [];
    const { port } = await served(({ headers, url }, res) => {
      seen.push(url, headers.host, headers['proxy-authorization']);
      res.end('{"a":1}');
    });
    const { asked, ask } = await proxied({ to: Number(port) });
    for (let times = 0; times < 3; times++) expect(await (await ask()).json()).toEqual({ a: 1 });
    expect(asked).toEqual([`a.test:80 Basic ${btoa('me:hunter2')}`]);
    expect(new Set(seen)).toEqual(new Set(['/x', 'a.test', undefined]));
  });

  it.each([
    [{ refuse: 407 }, '407'],
    [{ refuse: 502 }, '502'],
    [{ to: 9 }, 'closed'],
  ])('says what the proxy does: %j', async (tunnelling, message) => {
    const { ask } = await proxied(tunnelling);
    await expect(ask()).rejects.toThrow(message);
  });
});
