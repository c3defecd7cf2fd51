import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Operation, OPERATIONS } from '../../../src/servers/gateway/operations.ts';
import { askHttp, type HttpAnswer, type Question } from '../../support/ask-http.ts';
import { drawnToken } from '../../support/drawn-token.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { startGateway } from '../../support/gateway.ts';
import { shared } from '../../support/shared.ts';

const ID = '11111111-2222-4333-8444-555555555555';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A server with tokens, and one that is good, one that is old, and one without the scope. */
async function startGuarded() {
  const home = freshHome();
  const good = drawnToken({ scopes: ['query'], subject: 'alice' });
  const other = drawnToken({ scopes: ['query'], subject: 'bob' });
  const old = drawnToken({ scopes: ['query'], expires: '2020-01-02T00:00:00Z' });
  const narrow = drawnToken({ scopes: ['read'] });
  const tokens = join(home.project, 'tokens');
  writeFileSync(tokens, [good, other, old, narrow].map(({ line }) => `${line}\n`).join(''));
  chmodSync(tokens, 0o600);
  const server = await startGateway(
    ['--tokens-file', tokens, '--required-scopes', 'query', '--max-body', '1MiB', '--log-level', 'debug'],
    {
      home,
      fake: [...begin, ...succeed],
    },
  );
  return { server, good, other, old, narrow };
}

const guarded = shared(startGuarded);

/** What an answer is, told by its form. */
function shapeOf({ status, body, challenge }: HttpAnswer): 'well' | 'failure' | 'challenge' | 'odd' {
  if (status < 400) return 'well';
  const { status: said, error_code: code, message } = Object(body);
  if (said !== 'error' || typeof code !== 'string' || typeof message !== 'string') return 'odd';
  return status === 401 && challenge?.startsWith('Bearer realm="sluice"') === true ? 'challenge' : 'failure';
}

describe('every route', () => {
  it('is kept from those whom this table keeps out, without a word of any token', async () => {
    const { server, good, old, narrow } = guarded();
    const long = JSON.stringify({ prompt: 'x'.repeat(2 * 1024 * 1024) });
    /** What is sent, and what a route that is for everybody, and one that is not, answers. */
    const attacks: Readonly<Record<string, readonly [Question, number | 'well', number]>> = {
      'no token': [{}, 'well', 401],
      'no token, too long a body': [{ body: long }, 'well', 401],
      'another scheme': [{ headers: { authorization: 'Basic YWxpY2U6c2VjcmV0' } }, 'well', 401],
      'a token that is not known': [{ headers: bearer(drawnToken().token) }, 'well', 401],
      'an expired token': [{ headers: bearer(old.token) }, 'well', 401],
      'a token without the scope': [{ headers: bearer(narrow.token) }, 'well', 403],
      'two tokens': [{ headers: { authorization: [`Bearer ${good.token}`, 'Bearer x'] } }, 'well', 400],
      'a token in the URL': [{ path: `?access_token=${good.token}` }, 'well', 400],
      'another host': [{ headers: { host: 'evil.example', ...bearer(good.token) } }, 403, 403],
      'two hosts': [{ headers: { host: ['localhost', 'evil.example'], ...bearer(good.token) } }, 400, 400],
      'user info in the host': [{ headers: { host: 'evil@localhost', ...bearer(good.token) } }, 400, 400],
      'a page from elsewhere': [{ headers: { origin: 'http://evil.example', ...bearer(good.token) } }, 403, 403],
      'a page without an origin': [{ headers: { origin: 'null', ...bearer(good.token) } }, 403, 403],
      'a method that there is not': [{ method: 'PUT', headers: bearer(good.token) }, 405, 405],
    };
    const said: string[] = [];
    const [table, wanted]: [unknown[], unknown[]] = [[], []];
    for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
      const path = operation.path.replace(/\{\w+\}/, ID);
      for (const [attack, [question, open, closed]] of Object.entries(attacks)) {
        const { path: query = '', body, ...how } = question;
        const sent = operation.method === 'POST' && body !== undefined ? { body } : {};
        const answer = await askHttp(server.url, { method: operation.method, ...how, ...sent, path: path + query });
        // Where there is no route of that method, the door does not know what it is for.
        const expected = operation.isOpen === true && question.method === undefined ? open : closed;
        table.push([name, attack, answer.status, shapeOf(answer)]);
        wanted.push([
          name,
          attack,
          ...(expected === 'well' ? [200, 'well'] : [expected, expected === 401 ? 'challenge' : 'failure']),
        ]);
        said.push(answer.text);
      }
    }
    expect(table).toEqual(wanted);
    const all = [...said, JSON.stringify(server.log())].join('\n');
    for (const { token } of [good, old, narrow]) expect(all).not.toContain(token.slice(7, 20));
  });

  it('has no other path', async () => {
    const { server, good } = guarded();
    const headers = bearer(good.token);
    for (const path of [
      '/',
      '/v1',
      '/v1/queries/',
      '//v1/queries',
      '/V1/queries',
      '/%761/queries',
      '/v1/../healthz',
      '/v1/queries;x',
    ]) {
      expect([path, (await askHttp(server.url, { path, headers })).status]).toEqual([path, 404]);
    }
  });
});

it('a run belongs to whom its token was made for', async () => {
  const { server, good, other } = guarded();
  const body = JSON.stringify({ prompt: 'hi' });
  const headers = { 'content-type': 'application/json', ...bearer(good.token) };
  const bundle = await askHttp(server.url, { path: '/v1/queries', method: 'POST', headers, body });
  const { runId, sessionId } = Object(bundle.body);
  for (const path of [`/v1/queries/${runId}`, `/v1/queries/${runId}/events`, `/v1/queries/${runId}/messages`]) {
    const statuses = [good, other].map(
      async ({ token }) => (await askHttp(server.url, { path, headers: bearer(token) })).status,
    );
    expect([path, ...(await Promise.all(statuses))]).toEqual([path, 200, 404]);
  }
  expect(sessionId).toEqual(expect.any(String));
  await server.logs({ subject: 'alice', msg: 'query ended' });
});

it('a page that is served here may ask by the names that this server has, and none does unless it is served', async () => {
  const asked = [];
  for (const flags of [[], ['--ui']]) {
    const server = await startGateway(['--allow-hosts', 'app.example', ...flags], { fake: [...begin, ...succeed] });
    const visit = (path: string, headers: Readonly<Record<string, string>>) => askHttp(server.url, { path, headers });
    const own = { host: 'app.example', origin: 'https://app.example' };
    const [list, foreign, page] = await Promise.all([
      visit('/v1/queries', own),
      visit('/v1/queries', { ...own, origin: 'https://evil.example' }),
      visit('/ui', {}),
    ]);
    asked.push([list.status, foreign.status, page.status, page.text.includes('src="ui/page.js"')]);
  }
  expect(asked).toEqual([
    [403, 403, 404, false],
    [200, 403, 200, true],
  ]);
});
