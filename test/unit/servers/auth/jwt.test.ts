import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createAccess } from '../../../../src/servers/auth/access.ts';
import type { AccessInput } from '../../../../src/servers/auth/access-rules.ts';
import { serve } from '../http/serve.ts';
import { signJwt } from '../../../../src/servers/auth/sign-jwt.ts';
import { drawnToken } from '../../../support/drawn-token.ts';
import { type Gate, inputOf, openGate } from './gate.ts';
import { fileOf } from './private-files.ts';

const SECRET = 'a shared secret, as long as it must be';
const OTHER_SECRET = 'another secret that is just as long';
const NOW = Date.parse('2026-03-01T12:00:00Z');
const SECONDS = NOW / 1000;
const CLAIMS = { sub: 'alice', aud: 'https://example.com/mcp', exp: SECONDS + 3600 };

/** A JWT as no library would make it, where need be. */
function jwtOf(claims: unknown, header: unknown = { alg: 'HS256' }, secret = SECRET): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = createHmac('sha256', secret).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}

function secretGate(rules: Partial<AccessInput> = {}): Promise<Gate> {
  return openGate({
    jwtSecretFile: fileOf([SECRET]),
    publicUrl: 'https://example.com/mcp',
    now: () => NOW,
    ...rules,
  });
}

describe('a JWT of a shared secret', () => {
  it('lets its subject in, until it expires', async () => {
    const gate = await secretGate();
    expect(await gate.show(jwtOf({ ...CLAIMS, client_id: 'vscode', scope: 'query read' }))).toMatchObject({
      status: 200,
      body: {
        subject: 'alice',
        auth: { token: '', clientId: 'vscode', scopes: ['query', 'read'], expiresAt: CLAIMS.exp },
      },
    });
  });

  it.each([['5usd/day 4runs'], [['5usd/day', '4runs']]])('may name quotas: %j', async (quotas) => {
    const gate = await secretGate();
    expect(await gate.show(jwtOf({ ...CLAIMS, sluice_quotas: quotas }))).toMatchObject({
      body: {
        quotas: [
          { amount: 5, unit: 'usd', per: 'day' },
          { amount: 4, unit: 'runs', per: null },
        ],
      },
    });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['has expired', { exp: SECONDS - 11 }, /^the token has expired/],
    ['never expires', { exp: undefined }, /^the token lacks a claim .*: exp$/],
    ['expires some day', { exp: 'tomorrow' }, /^the token lacks a claim .*: exp$/],
    ['is not valid yet', { nbf: SECONDS + 11 }, /^the token is not valid yet$/],
    ['is for somebody else', { aud: 'https://elsewhere.example.com' }, /^the token is for another audience/],
    ['is for a part of the name', { aud: 'https://example.com/mcp2' }, /^the token is for another audience/],
    ['is for nobody', { aud: undefined }, /^the token lacks a claim .*: aud$/],
    ['has no subject', { sub: undefined }, /^the token lacks a claim .*: sub$/],
    ['has an empty subject', { sub: '' }, /^the token has a claim that cannot be used: sub$/],
    ['has a subject on two lines', { sub: 'alice\nbob' }, /^the token has a claim that cannot be used: sub$/],
    ['has a subject without end', { sub: 'a'.repeat(257) }, /^the token has a claim that cannot be used: sub$/],
    ['has scopes of no kind', { scope: 7 }, /^the token has a claim that cannot be used: scope$/],
    [
      'has quotas of no kind',
      { sluice_quotas: ['much'] },
      /^the token has a claim that cannot be used: sluice_quotas$/,
    ],
  ])('is refused when it %s', async (_, own, message) => {
    const gate = await secretGate();
    expect(await gate.show(jwtOf({ ...CLAIMS, ...own }))).toMatchObject({
      status: 401,
      challenge: expect.stringContaining('error="invalid_token"'),
      body: { error_code: 'unauthorized', message: expect.stringMatching(message), error: 'invalid_token' },
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a clock that is seconds behind', { exp: SECONDS - 9 }],
    ['a clock that is seconds ahead', { nbf: SECONDS + 9 }],
    ['several audiences', { aud: ['https://elsewhere.example.com', 'https://example.com/mcp'] }],
  ])('may have %s', async (_, own) => {
    const gate = await secretGate();
    expect((await gate.show(jwtOf({ ...CLAIMS, ...own }))).status).toBe(200);
  });

  it.each<[string, string]>([
    ['signed with another secret', jwtOf(CLAIMS, { alg: 'HS256' }, OTHER_SECRET)],
    ['changed', jwtOf(CLAIMS).replace(/\.[^.]*\./, `.${jwtOf({ ...CLAIMS, sub: 'root' }).split('.')[1]}.`)],
    ['not signed', jwtOf(CLAIMS, { alg: 'none' }).replace(/[^.]*$/, '')],
    ['signed, though it says that it is not', jwtOf(CLAIMS, { alg: 'none' })],
    ['of an algorithm that is not accepted', jwtOf(CLAIMS, { alg: 'HS512' })],
    ['of an algorithm for public keys', jwtOf(CLAIMS, { alg: 'RS256' })],
    ['of an algorithm that is a number', jwtOf(CLAIMS, { alg: 256 })],
    ['of no algorithm', jwtOf(CLAIMS, {})],
    ['with a key of its own', jwtOf(CLAIMS, { alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, OTHER_SECRET)],
    ['with a demand that nobody knows', jwtOf(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 })],
    ['without claims', jwtOf(null)],
    ['without JSON', 'e30.AAAA.AAAA'],
  ])('is refused when it is %s, without a word of it', async (_, token) => {
    const gate = await secretGate();
    const answer = await gate.show(token);
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    for (const part of token.split('.').filter((part) => part.length > 4)) {
      expect(answer.text + answer.challenge).not.toContain(part);
    }
  });

  it.each<[string, Record<string, unknown>]>([
    ['a text', { scope: 'read query' }],
    ['scp, a text', { scp: 'query' }],
    ['scp, a list', { scp: ['read', 'query'] }],
    ['scopes, a list', { scopes: ['query'] }],
  ])('has its scopes as %s', async (_, own) => {
    const gate = await secretGate({ requiredScopes: ['query'] });
    expect((await gate.show(jwtOf({ ...CLAIMS, ...own }))).status).toBe(200);
  });

  it('is forbidden without a scope that is required', async () => {
    const gate = await secretGate({ requiredScopes: ['query'] });
    for (const own of [{}, { scope: '' }, { scope: 'querying' }, { scp: [] }]) {
      expect(await gate.show(jwtOf({ ...CLAIMS, ...own }))).toMatchObject({
        status: 403,
        challenge: expect.stringContaining('error="insufficient_scope"'),
      });
    }
  });

  it('is from the issuer that was named, if one was', async () => {
    const gate = await secretGate({ jwtIssuer: 'https://login.example.com' });
    expect((await gate.show(jwtOf({ ...CLAIMS, iss: 'https://login.example.com' }))).status).toBe(200);
    for (const iss of ['https://elsewhere.example.com', undefined]) {
      expect(await gate.show(jwtOf({ ...CLAIMS, iss }))).toMatchObject({ status: 401 });
    }
  });

  it('is for the audience that was named, and no longer for the URL', async () => {
    const gate = await secretGate({ jwtAudience: 'tools' });
    expect((await gate.show(jwtOf({ ...CLAIMS, aud: 'tools' }))).status).toBe(200);
    expect((await gate.show(jwtOf(CLAIMS))).status).toBe(401);
  });

  it('is for where the server listens, when nothing else was said', async () => {
    const gate = await secretGate({ publicUrl: undefined });
    expect((await gate.show(jwtOf({ ...CLAIMS, aud: new URL('/mcp', gate.url).href }))).status).toBe(200);
  });

  it('stands beside tokens of a file', async () => {
    const { token, line } = drawnToken({ subject: 'bob' });
    const gate = await secretGate({ tokensFile: fileOf([line]) });
    expect(await gate.show(token)).toMatchObject({ body: { subject: 'bob' } });
    expect(await gate.show(jwtOf(CLAIMS))).toMatchObject({ body: { subject: 'alice' } });
  });

  it('is what sluice signs', async () => {
    const gate = await secretGate({ jwtIssuer: 'sluice', requiredScopes: ['query'] });
    const claims = {
      subject: 'carol',
      scopes: ['query'],
      quotas: ['5usd/day'],
      issuer: 'sluice',
      audience: 'https://example.com/mcp',
      created: NOW,
      expires: NOW + 60_000,
    };
    const token = await signJwt(claims, Buffer.from(SECRET), 'HS256');
    expect(await gate.show(token)).toMatchObject({
      body: { subject: 'carol', auth: { scopes: ['query'] }, quotas: [{ amount: 5, unit: 'usd', per: 'day' }] },
    });
  });
});

describe('a secret', () => {
  it.each<[string, string, readonly string[] | undefined]>([
    ['is too short', 'x'.repeat(31), undefined],
    ['is too short for one of its algorithms', 'x'.repeat(63), ['HS256', 'HS512']],
  ])('is refused when it %s, and is not shown', async (_, secret, jwtAlgorithms) => {
    const opened = createAccess(inputOf({ jwtSecretFile: fileOf([secret]), jwtAlgorithms }));
    const error: unknown = await opened.catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/needs a secret of at least \d\d bytes/),
    });
    expect(String(error)).not.toContain(secret);
  });

  it('has no line end, of whatever kind', async () => {
    for (const line of [SECRET, `${SECRET}\r`]) {
      const gate = await secretGate({ jwtSecretFile: fileOf([line]) });
      expect((await gate.show(jwtOf(CLAIMS))).status).toBe(200);
    }
  });
});

describe('algorithms', () => {
  const keys = { jwksUrl: 'https://example.com/keys', jwtIssuer: 'https://example.com' };
  it.each<[string, Partial<AccessInput>, RegExp]>([
    ['none', { jwtAlgorithms: ['HS256', 'none'] }, /^--jwtAlgorithms: "none" cannot be accepted; there are HS256/],
    ['one in small letters', { jwtAlgorithms: ['hs256'] }, /^--jwtAlgorithms: "hs256" cannot be accepted/],
    ['one for keys that are not there', { jwtAlgorithms: ['HS256', 'RS256'] }, /RS256 needs a key; set --jwksUrl too/],
    [
      'none for published keys',
      { ...keys, jwtAlgorithms: ['HS256'] },
      /^--jwtAlgorithms: none of them is for --jwksUrl; add RS256/,
    ],
    [
      'none for the secret',
      { ...keys, jwtAlgorithms: ['RS256'] },
      /^--jwtAlgorithms: none of them is for --jwtSecretFile; add HS256/,
    ],
    [
      'one for a secret that is not there',
      { ...keys, jwtSecretFile: undefined, jwtAlgorithms: ['RS256', 'HS256'] },
      /HS256 needs a key; set --jwtSecretFile too/,
    ],
  ])('are refused at the start: %s', async (_, rules, message) => {
    const opened = createAccess(inputOf({ jwtSecretFile: fileOf([SECRET.repeat(2)]), ...rules }));
    await expect(opened).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });
});

/** A server of keys, and who signs with them. */
interface Issuer {
  readonly rules: Partial<AccessInput>;
  /** How often the keys were asked for. */
  asked(): number;
  /** Answers something else from now on; null: with the keys again. */
  answerWith(answer: { readonly status: number; readonly text: string } | null): void;
  /** Publishes a new key in place of the old. */
  rotate(kid: string): Promise<void>;
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** What everybody can read: the public key. */
  publicKey(): Promise<string>;
}

async function openIssuer(algorithm = 'ES256'): Promise<Issuer> {
  let asked = 0;
  let instead: { readonly status: number; readonly text: string } | null = null;
  let kid = 'first';
  let pair = await generateKeyPair(algorithm);
  let jwks: { keys: JWK[] } = { keys: [{ ...(await exportJWK(pair.publicKey)), kid }] };
  const { listener } = await serve((_, reply) => {
    asked += 1;
    void reply.code(instead?.status ?? 200).send(instead?.text ?? JSON.stringify(jwks));
  });
  return {
    rules: { jwksUrl: new URL('/keys', listener.url).href, jwtIssuer: 'https://login.example.com' },
    asked: () => asked,
    answerWith(answer) {
      instead = answer;
    },
    async rotate(next) {
      kid = next;
      pair = await generateKeyPair(algorithm);
      jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid }] };
    },
    sign: (claims = {}, header = {}) =>
      new SignJWT({ ...CLAIMS, iss: 'https://login.example.com', ...claims })
        .setProtectedHeader({ alg: algorithm, kid, ...header })
        .sign(pair.privateKey),
    publicKey: () => exportSPKI(pair.publicKey),
  };
}

/** Keys are looked for as often as a test wants. */
const EAGER = { timeoutMs: 5_000, cooldownMs: 0, retryMs: 0, maxAgeMs: 60_000 };

function keysGate({ rules }: Issuer, own: Partial<AccessInput> = {}): Promise<Gate> {
  return openGate({ ...rules, publicUrl: 'https://example.com/mcp', now: () => NOW, keyPace: EAGER, ...own });
}

describe('a JWT of a published key', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('lets its subject in, signed with %s', async (algorithm) => {
    const issuer = await openIssuer(algorithm);
    const gate = await keysGate(issuer);
    expect(await gate.show(await issuer.sign())).toMatchObject({ status: 200, body: { subject: 'alice' } });
  });

  it('makes the server ask for the keys once', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer);
    const token = await issuer.sign();
    const answers = await Promise.all(Array.from({ length: 5 }, () => gate.show(token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(issuer.asked()).toBe(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['from somebody else', { iss: 'https://elsewhere.example.com' }],
    ['for somebody else', { aud: 'https://elsewhere.example.com' }],
    ['too old', { exp: SECONDS - 60 }],
  ])('is refused when it is %s', async (_, claims) => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer);
    expect(await gate.show(await issuer.sign(claims))).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  it('is refused when the public key was taken for a shared secret', async () => {
    const issuer = await openIssuer('RS256');
    for (const rules of [{}, { jwtSecretFile: fileOf([SECRET]) }]) {
      const gate = await keysGate(issuer, rules);
      const claims = { ...CLAIMS, iss: 'https://login.example.com' };
      const forged = jwtOf(claims, { alg: 'HS256', kid: 'first' }, await issuer.publicKey());
      expect(await gate.show(forged)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    }
  });

  it('is refused when its key is another than it says', async () => {
    const [issuer, stranger] = [await openIssuer(), await openIssuer()];
    const gate = await keysGate(issuer);
    expect((await gate.show(await stranger.sign())).status).toBe(401);
  });

  it('stands beside JWTs of a secret', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer, { jwtSecretFile: fileOf([SECRET]) });
    expect((await gate.show(await issuer.sign())).status).toBe(200);
    expect((await gate.show(jwtOf({ ...CLAIMS, iss: 'https://login.example.com' }))).status).toBe(200);
  });

  it('may be of a key that was published while the server runs; the old one is good no longer', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer);
    const old = await issuer.sign();
    expect((await gate.show(old)).status).toBe(200);
    await issuer.rotate('second');
    expect((await gate.show(await issuer.sign())).status).toBe(200);
    expect((await gate.show(old)).status).toBe(401);
  });

  it('makes nobody ask for keys again and again by naming keys that are not there', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer, { keyPace: { ...EAGER, cooldownMs: 60_000 } });
    for (const kid of ['a', 'b', 'c']) expect((await gate.show(await issuer.sign({}, { kid }))).status).toBe(401);
    expect(issuer.asked()).toBe(1);
  });
});

describe('while keys cannot be had', () => {
  it.each<[string, { readonly status: number; readonly text: string }]>([
    ['the server fails', { status: 500, text: '' }],
    ['the server is elsewhere', { status: 302, text: '' }],
    ['it is no JSON', { status: 200, text: '<html>' }],
    ['there are no keys in it', { status: 200, text: '{"keys": 1}' }],
  ])('since %s, nobody is let in, nobody is to blame, and it heals', async (_, answer) => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer);
    issuer.answerWith(answer);
    const refused = await gate.show(await issuer.sign());
    expect(refused).toMatchObject({ status: 503, challenge: undefined, body: { error_code: 'unavailable' } });
    expect(refused.body).not.toHaveProperty('error');
    expect(gate.problems).toEqual([
      expect.stringMatching(/^--jwksUrl: the keys at http:\/\/127\.0\.0\.1:\d+\/keys cannot be used: /),
    ]);
    issuer.answerWith(null);
    expect((await gate.show(await issuer.sign())).status).toBe(200);
  });

  it('those that are known are good', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer);
    expect((await gate.show(await issuer.sign())).status).toBe(200);
    issuer.answerWith({ status: 500, text: '' });
    expect((await gate.show(await issuer.sign())).status).toBe(200);
    await issuer.rotate('second');
    expect((await gate.show(await issuer.sign())).status).toBe(503);
  });

  it('they are not asked for at every request, and it is told once', async () => {
    const issuer = await openIssuer();
    const gate = await keysGate(issuer, { keyPace: { ...EAGER, retryMs: 60_000 } });
    issuer.answerWith({ status: 500, text: '' });
    for (let round = 0; round < 3; round++) expect((await gate.show(await issuer.sign())).status).toBe(503);
    expect(issuer.asked()).toBe(1);
    expect(gate.problems).toHaveLength(1);
  });

  it('since nobody listens there, the system says why', async () => {
    const issuer = await openIssuer();
    const { listener: gone } = await serve(() => {});
    await gone.close();
    const gate = await keysGate(issuer, { jwksUrl: gone.url.href });
    expect((await gate.show(await issuer.sign())).status).toBe(503);
    expect(gate.problems).toEqual([expect.stringMatching(/cannot be used: ECONNREFUSED$/)]);
  });

  it('a server that is silent is waited for no longer than is allowed', async () => {
    const { listener: silent } = await serve(() => {});
    const issuer = await openIssuer();
    const gate = await keysGate(issuer, { jwksUrl: silent.url.href, keyPace: { ...EAGER, timeoutMs: 50 } });
    expect((await gate.show(await issuer.sign())).status).toBe(503);
  });

  it('since one is too weak, its tokens are refused, and the operator is told', async () => {
    const issuer = await openIssuer('RS256');
    const gate = await keysGate(issuer);
    const weak = { kty: 'RSA', kid: 'first', e: 'AQAB', n: Buffer.alloc(64, 0xc3).toString('base64url') };
    issuer.answerWith({ status: 200, text: JSON.stringify({ keys: [weak] }) });
    expect(await gate.show(await issuer.sign())).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(gate.problems).toEqual([expect.stringMatching(/^a key of JWTs cannot be used: .*2048 bits/)]);
  });
});

describe('the URL of keys', () => {
  it.each<[string, string, RegExp]>([
    ['by http', 'http://example.com/keys', /^--jwksUrl: keys can only be had by https/],
    ['with a name like loopback', 'http://127.0.0.1.example.com/keys', /^--jwksUrl: keys can only be had by https/],
    ['with a password', 'https://a:b@example.com/keys', /^--jwksUrl: keys cannot be had with a user name/],
  ])('is refused %s', async (_, jwksUrl, message) => {
    await expect(createAccess(inputOf({ jwksUrl, jwtIssuer: 'x' }))).rejects.toThrow(message);
  });

  it('needs an issuer: others may have keys there', async () => {
    const opened = createAccess(inputOf({ jwksUrl: 'https://example.com/keys' }));
    await expect(opened).rejects.toThrow(/^--jwksUrl: say whose tokens are accepted, with --jwtIssuer/);
  });
});
