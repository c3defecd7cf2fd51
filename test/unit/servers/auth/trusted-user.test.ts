import { describe, expect, it } from 'vitest';
import type { AccessRules } from '../../../../src/servers/auth/access-rules.ts';
import { createAccess } from '../../../../src/servers/auth/access.ts';
import type { Question } from '../../../support/ask-http.ts';
import { drawnToken } from '../../../support/drawn-token.ts';
import { inputOf, openGate } from './gate.ts';
import { fileOf } from './private-files.ts';

const proxy = drawnToken({ subject: 'site', scopes: ['query', 'proxy'], quotas: ['5usd/day'] });
const alice = drawnToken({ subject: 'alice', scopes: ['query'] });

const HERE = ['127.0.0.1'];

/** What a browser sends with a page's request. */
const PAGE = { origin: 'https://app.example.com', 'content-type': 'application/json' };

function open(trustProxyAddresses: readonly string[] = HERE, more: Partial<AccessRules> = {}) {
  const tokensFile = fileOf([proxy.line, alice.line]);
  return openGate({ tokensFile, trustUserHeader: 'X-Remote-User', trustProxyAddresses, ...more });
}

const asking = (token: string, headers: Question['headers'] = {}) => ({
  authorization: `Bearer ${token}`,
  ...PAGE,
  ...headers,
});

describe('the header of a trusted proxy', () => {
  it.each([
    ['its address', HERE],
    ['its network', ['10.1.2.3', '127.0.0.0/8']],
    ['its address as IPv6 has it', ['::1', '::ffff:127.0.0.1']],
  ])('names the user, as one of the proxy’s, where %s is listed', async (_, addresses) => {
    const gate = await open(addresses);
    const { status, body } = await gate.ask(asking(proxy.token, { 'x-remote-user': 'bob@example.com' }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      subject: 'site/bob@example.com',
      auth: { clientId: 'site', scopes: ['query'] },
      quotas: [{ amount: 5, unit: 'usd', per: 'day' }],
    });
  });

  it.each<[string, readonly string[], string, string]>([
    ['comes from elsewhere', ['10.0.0.0/8', 'fd00::/8', '127.0.0.2'], proxy.token, 'site'],
    ['has a token that is no proxy’s', HERE, alice.token, 'alice'],
  ])('is nothing in a request that %s, and nobody gets to see it', async (_, addresses, token, subject) => {
    const gate = await open(addresses);
    for (const user of ['bob', ['bob', 'eve'], '', 'a, b']) {
      const { body } = await gate.ask(asking(token, { 'x-remote-user': user }));
      expect(body).toMatchObject({ subject });
    }
  });

  it.each<[string, Question['headers']]>([
    ['missing', {}],
    ['empty', { 'x-remote-user': '' }],
    ['there twice', { 'x-remote-user': ['bob', 'bob'] }],
    ['two that were joined', { 'x-remote-user': 'bob, eve' }],
    ['one with a blank', { 'x-remote-user': 'bob eve' }],
    ['one with a slash', { 'x-remote-user': '../alice' }],
    ['one in another alphabet', { 'x-remote-user': 'b\u00F6b' }],
    ['one with a tab', { 'x-remote-user': 'b\tb' }],
    ['too long', { 'x-remote-user': 'b'.repeat(129) }],
  ])('is refused where it is %s', async (_, headers) => {
    const gate = await open();
    expect(await gate.ask(asking(proxy.token, headers))).toMatchObject({
      status: 400,
      body: { error_code: 'bad_request', details: { field: 'x-remote-user' } },
    });
  });

  it.each<[string, Question['method'], Readonly<Record<string, string | undefined>>, number]>([
    ['to read, of no page', 'GET', { origin: undefined, 'content-type': undefined }, 200],
    ['to write JSON, of a page', 'POST', { 'content-type': 'application/json; charset=utf-8' }, 200],
    ['to write JSON, of no page', 'POST', { origin: undefined }, 403],
    ['to write what a form can', 'POST', { 'content-type': 'text/plain' }, 415],
    ['to write what looks like JSON', 'POST', { 'content-type': 'text/plain, application/json' }, 415],
    ['to write nothing that is told', 'POST', { 'content-type': undefined }, 415],
    ['to delete, of a page', 'DELETE', { 'content-type': undefined }, 200],
    ['to delete, of no page', 'DELETE', { origin: undefined, 'content-type': undefined }, 403],
    ['to delete, with a form', 'DELETE', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('lets nobody send, for its users, what they did not: a request %s', async (_, method, own, status) => {
    const gate = await open();
    const headers = Object.entries(asking(proxy.token, { 'x-remote-user': 'bob', ...own })).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    expect((await gate.ask(Object.fromEntries(headers), { method: method ?? 'GET' })).status).toBe(status);
  });

  it('asks nothing of those who have a token of their own', async () => {
    const gate = await open();
    expect((await gate.ask({ authorization: `Bearer ${alice.token}` })).status).toBe(200);
  });

  it.each<[string, Partial<AccessRules>, RegExp]>([
    [
      'addresses',
      { trustProxyAddresses: undefined },
      /^--trustUserHeader: say from which addresses .* --trustProxyAddresses$/,
    ],
    ['a header', { trustUserHeader: undefined }, /^--trustProxyAddresses: say in which header .* --trustUserHeader$/],
    ['tokens', { tokensFile: undefined }, /^--trustUserHeader: nobody needs a token yet/],
  ])('is refused without %s', async (_, own, message) => {
    const rules = { tokensFile: fileOf([proxy.line]), trustUserHeader: 'X-User', trustProxyAddresses: HERE, ...own };
    await expect(createAccess(inputOf(rules))).rejects.toThrow(message);
  });
});
