import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { SluiceError } from '../../../../src/errors.ts';
import { type Allowed, createGuard, type Guard, refuseOpenDoor } from '../../../../src/servers/http/guards.ts';
import { serve } from './serve.ts';

const nobody: Allowed = { hosts: [], origins: [] };

it.each([
  ['localhost:8001', undefined, nobody, 200],
  ['127.0.0.1', undefined, nobody, 200],
  ['[::1]:8001', 'http://localhost:3000', nobody, 200],
  ['sluice.example', undefined, nobody, 403],
  ['127.0.0.1.evil.example', undefined, nobody, 403],
  ['127.0.0.1', 'http://evil.example', nobody, 403],
  ['127.0.0.1', 'null', nobody, 403],
  ['Sluice.Example:443', 'https://app.example', { hosts: ['sluice.example'], origins: ['https://app.example'] }, 200],
  ['[fd00::1]:80', undefined, { hosts: ['fd00::1'], origins: [] }, 200],
  ['sluice.example:443', undefined, { hosts: ['sluice.example:443'], origins: [] }, 200],
  ['127.0.0.1', 'vscode-webview://abc', { hosts: [], origins: ['vscode-webview://*'] }, 200],
])('a request to %s from %s is let in or not', async (host, origin, allowed, status) => {
  const guard = createGuard(allowed);
  const { ask } = await serve(async ({ raw }) => passed(guard, raw));
  const answer = await ask({ host, ...(origin === undefined ? {} : { origin }) });
  expect(answer.status).toBe(status);
  expect(answer.body === '' || JSON.parse(answer.body).error_code === 'forbidden').toBe(true);
});

it.each([
  ['localhost', 200],
  ['LocalHost:8001', 200],
  ['localhost.', 200],
  ['localhost.:8001', 200],
  ['localhost:', 200],
  ['127.1', 200],
  ['[::1]', 200],
  ['[0:0:0:0:0:0:0:1]:8001', 200],
  ['[0::1]', 200],
  ['[::ffff:127.0.0.1]', 403],
  ['[::2]', 403],
  ['localhost.evil.example', 403],
  ['localhost..', 403],
  ['local_host', 403],
  ['.', 403],
  [['localhost', 'evil.example'], 400],
  ['', 400],
  ['evil.example@localhost', 400],
  ['evil.example:80@localhost', 400],
  ['localhost@evil.example', 400],
  [':@localhost', 400],
  ['localhost#.evil.example', 400],
  ['localhost/', 400],
  ['localhost/.evil.example', 400],
  ['localhost\\.evil.example', 400],
  ['localhost?.evil.example', 400],
  ['localhost:8001/mcp', 400],
  ['localhost:80:80', 400],
  ['localhost:99999', 400],
  ['localhost:http', 400],
  ['localhost, evil.example', 400],
  ['local host', 400],
  ['local\thost', 400],
  ['%6cocalhost', 400],
  ['loc\u00e4lhost', 400],
  ['http://localhost', 400],
  ['//localhost', 400],
  ['::1', 400],
  ['[::1', 400],
  ['[::1]x', 400],
  ['[::1%25lo]', 400],
  ['[localhost]', 400],
  ['[:::]', 400],
])('a request to %j is answered by its whole Host', async (host, status) => {
  const guard = createGuard(nobody);
  const { ask, errors } = await serve(async ({ raw }) => passed(guard, raw));
  expect(await ask({ host })).toMatchObject({ status });
  expect(errors).toEqual([]);
});

it.each([
  ['http://localhost:3000', 200],
  ['http://localhost/', 200],
  ['http://evil.example@localhost', 403],
  ['http://localhost#.evil.example', 403],
  ['http://localhost/.evil.example', 403],
  ['http://localhost\\.evil.example', 403],
  ['http://localhost, http://evil.example', 403],
  ['localhost', 403],
])('a page of %j is told by its whole Origin', async (origin, status) => {
  const guard = createGuard(nobody);
  const { ask } = await serve(async ({ raw }) => passed(guard, raw));
  expect(await ask({ origin })).toMatchObject({ status });
});

it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('on %s nobody has to prove anything', (host) => {
  expect(() => refuseOpenDoor(host, false, nobody)).not.toThrow();
});

it.each([
  ['0.0.0.0', false, [], /--tokens-file.*--allow-hosts/],
  ['::', true, [], /--allow-hosts/],
  ['192.168.1.2', false, ['sluice.example'], /--tokens-file/],
])('on %s that is a must', (host, isProven, hosts, message) => {
  expect(() => refuseOpenDoor(host, isProven, { hosts, origins: [] })).toThrow(SluiceError);
  expect(() => refuseOpenDoor(host, isProven, { hosts, origins: [] })).toThrow(message);
});

it('elsewhere will do with proof and names', () => {
  expect(() => refuseOpenDoor('0.0.0.0', true, { hosts: ['sluice.example'], origins: [] })).not.toThrow();
});

function passed(guard: Guard, req: IncomingMessage): string {
  guard(req);
  return '';
}
