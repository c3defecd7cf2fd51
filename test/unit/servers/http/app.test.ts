import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createApp } from '../../../../src/servers/http/app.ts';
import { listen } from '../../../../src/servers/http/listener.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { visit } from '../../../support/visit.ts';

async function serveApp(): Promise<URL> {
  const app = createApp({ nothingHere: 'there is nothing here' });
  app.get('/things/:id', async ({ params }) => params);
  app.post('/things', { bodyLimit: 10 }, async ({ body }) => ({ body }));
  app.get('/busy', async () => {
    throw new Refusal('rate_limited', 'too many', { retryAfter: 1.2 });
  });
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  atTestEnd(() => listener.close());
  return listener.url;
}

it.each([
  ['GET', '/nothing', 404, 'there is nothing here'],
  ['GET', '/things/1/2', 404, 'there is nothing here'],
  ['GET', '/%74hings/1', 404, 'there is nothing here'],
  ['GET', '/%', 404, 'there is nothing here'],
  ['GET', '//things/1', 404, 'there is nothing here'],
  ['GET', '/things', 405, 'this is asked with POST'],
  ['DELETE', '/things/1', 405, 'this is asked with GET'],
  ['PROPFIND', '/things/1', 405, 'this is asked with GET'],
])('%s %s is answered with %i', async (method, path, status, message) => {
  const reply = await visit(await serveApp(), path, { method });
  expect([reply.status, JSON.parse(reply.body).message]).toEqual([status, message]);
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

it('takes the parts of a path as they were sent', async () => {
  expect(JSON.parse((await visit(await serveApp(), '/things/a%2Fb?x=%2F')).body)).toEqual({ id: 'a%2Fb' });
});

it.each([
  ['{"a":"more than that"}', 'application/json', 413, 'payload_too_large'],
  ['{', 'application/json', 400, 'bad_request'],
  ['{}', 'text/html', 415, 'bad_request'],
  ['{}', 'nonsense', 415, 'bad_request'],
])('a body %j of type %s is refused with %i', async (body, type, status, code) => {
  const reply = await visit(await serveApp(), '/things', { method: 'POST', headers: { 'content-type': type }, body });
  expect([reply.status, JSON.parse(reply.body).error_code]).toEqual([status, code]);
});

it('says in a header, too, when it makes sense to ask again', async () => {
  expect(await visit(await serveApp(), '/busy')).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
});

it.each([
  ['GET / HTTP/1.1\r\nnonsense\r\n\r\n', 400],
  [`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
])('what is no request that can be read is answered in the one shape', async (sent, status) => {
  const { hostname, port } = await serveApp();
  const socket = connect(Number(port), hostname);
  // What nobody reads is cut off, which may be told after the answer.
  socket.on('error', () => {});
  socket.write(sent);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => (answer += text));
  await new Promise((resolve) => socket.on('close', resolve));
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(body)).toMatchObject({ status: 'error', error_code: 'bad_request', details: {} });
});
