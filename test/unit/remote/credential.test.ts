import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/client/client.ts';
import { authorizedFetch } from '../../../src/remote/authorized-fetch.ts';
import { cookiesOfFile, jwtsOfFile, tokenOfFile } from '../../../src/remote/credential.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function secretFile(text: string): { readonly path: string; readonly where: string } {
  const path = join(temporaryFolder(), 'secret');
  writeFileSync(path, text, { mode: 0o600 });
  return { path, where: '--gateway-token-file' };
}

const reply = (status: number): Reply => ({
  ok: status < 300,
  status,
  headers: { get: () => null },
  body: null,
  json: async () => ({}),
});

describe('what proves who asks', () => {
  it('is a token, or cookies, that stand in a file', async () => {
    expect(await tokenOfFile(secretFile('abc.def\n')).header()).toEqual({ authorization: 'Bearer abc.def' });
    expect(await cookiesOfFile(secretFile('Cookie: a=1; b=2\r\n')).header()).toEqual({ cookie: 'a=1; b=2' });
  });

  it.each([
    ['nothing', ' \n', 0o600, 'there is nothing in it'],
    ['several lines', 'one\ntwo', 0o600, 'it is not one line of visible ASCII characters'],
    ['what others can read', 'abc', 0o644, 'its mode is 0644'],
  ])('is refused where there is %s, and not shown', async (_, text, mode, reason) => {
    const source = secretFile(text);
    chmodSync(source.path, mode);
    await expect(tokenOfFile(source).header()).rejects.toThrow(
      `--gateway-token-file: ${source.path} cannot be used: ${reason}`,
    );
    await expect(tokenOfFile({ ...source, path: '/nowhere' }).header()).rejects.toThrow('no such file');
  });

  it('is a JWT of a secret, made anew a minute before it ends', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const terms = { subject: 'alice', audience: 'http://x/', issuer: undefined, scopes: ['query'] };
    const jwts = jwtsOfFile(secretFile('0123456789abcdef0123456789abcdef'), terms, () => now);
    const { authorization: first = '' } = await jwts.header();
    now += 3 * 60_000;
    expect(await jwts.header()).toEqual({ authorization: first });
    now += 60_000;
    const { authorization: second = '' } = await jwts.header();
    const claims = decodeJwt(second.slice('Bearer '.length));
    expect(claims).toMatchObject({
      sub: 'alice',
      aud: 'http://x/',
      scope: 'query',
      iat: now / 1000,
      exp: now / 1000 + 300,
    });
    expect(jwts.secrets()).toEqual([first, second].map((text) => text.slice('Bearer '.length)));
  });

  it('is read again, once, where it is refused', async () => {
    const source = secretFile('old-token');
    const seen: unknown[] = [];
    const credential = tokenOfFile(source);
    const ask = authorizedFetch(async (_, { headers }) => {
      seen.push(headers);
      return reply(JSON.stringify(headers).includes('new-token') ? 200 : 401);
    }, credential);
    expect((await ask('/', { headers: { accept: 'x' } })).status).toBe(401);
    expect(seen).toHaveLength(2);
    writeFileSync(source.path, 'new-token');
    expect((await ask('/', {})).status).toBe(200);
    expect((await ask('/', {})).status).toBe(200);
    expect(seen.slice(2)).toEqual(['old', 'new', 'new'].map((name) => ({ authorization: `Bearer ${name}-token` })));
    expect(new Set(credential.secrets())).toEqual(new Set(['old-token', 'new-token']));
  });
});
