import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccess } from '../../../../src/servers/auth/access.ts';
import { rounds } from '../../../support/rounds.ts';
import { drawnToken } from '../../../support/drawn-token.ts';
import { namedPipe } from '../../../support/named-pipe.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { inputOf, openGate } from './gate.ts';
import { fileOf, writeLines } from './private-files.ts';

const SECRET = 'x9'.repeat(16);

describe('without rules', () => {
  it('lets everybody in as local, with or without a token', async () => {
    const gate = await openGate({});
    for (const headers of [{}, { authorization: 'Bearer whatever' }]) {
      expect(await gate.ask(headers)).toMatchObject({ status: 200, body: { subject: 'local', auth: null } });
    }
  });

  it('leaves the metadata of a protected resource to whoever serves other paths', async () => {
    const gate = await openGate({});
    const path = '/.well-known/oauth-protected-resource';
    expect(await gate.ask({}, { path, method: 'GET' })).toMatchObject({ body: { subject: 'local' } });
  });
});

describe('a request without a good token', () => {
  const metadata = (url: URL): string => `resource_metadata="${url.href}.well-known/oauth-protected-resource/mcp"`;

  it.each<[string, Record<string, string>, RegExp]>([
    ['no header', {}, /^a token is needed: /],
    ['an empty header', { authorization: '' }, /^a token is needed: /],
    ['another scheme', { authorization: 'Basic YWxpY2U6c2VjcmV0' }, /^only bearer tokens are accepted/],
    ['a token without its scheme', { authorization: 'sluice_AAAA' }, /^only bearer tokens are accepted/],
    ['a scheme without a token', { authorization: 'Bearer' }, /^there is no token behind Bearer/],
    ['a scheme and blanks', { authorization: 'Bearer    ' }, /^there is no token behind Bearer/],
  ])('is told what to send when it has %s', async (_, headers, message) => {
    const gate = await openGate({ tokensFile: fileOf([drawnToken().line]) });
    const answer = await gate.ask(headers);
    expect(answer).toMatchObject({
      status: 401,
      challenge: `Bearer realm="sluice", ${metadata(gate.url)}`,
      body: { status: 'error', error_code: 'unauthorized', message: expect.stringMatching(message), details: {} },
    });
    expect(answer.body).not.toHaveProperty('error');
  });

  it.each<[string, string, string]>([
    ['is not known', drawnToken().token, 'the token is not known here'],
    ['has another word behind it', 'good bad', 'what stands behind Bearer is no token'],
    ['has letters that no token has', 'ключ', 'what stands behind Bearer is no token'],
    ['is endless', 'a'.repeat(8193), 'the token has more than 8192 characters'],
    ['is a JWT where none is accepted', 'e30.e30.e30', 'the token is not known here'],
  ])('is told so when its token %s', async (_, token, message) => {
    const gate = await openGate({ tokensFile: fileOf([drawnToken().line]) });
    const header = Buffer.from(`Bearer ${token}`).toString('latin1');
    const answer = await gate.ask({ authorization: header });
    expect(answer).toMatchObject({
      status: 401,
      challenge: `Bearer realm="sluice", error="invalid_token", error_description="${message}", ${metadata(gate.url)}`,
      body: {
        status: 'error',
        error_code: 'unauthorized',
        message,
        error: 'invalid_token',
        error_description: message,
      },
    });
  });

  it('is a bad one when there are two headers, even where one is good', async () => {
    const { token, line } = drawnToken();
    const gate = await openGate({ tokensFile: fileOf([line]) });
    const answer = await gate.ask({ authorization: [`Bearer ${token}`, 'Bearer other'] });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'bad_request', error: 'invalid_request' } });
    expect(answer.text).not.toContain(token);
  });

  it.each(['access_token', 'token', 'Access_Token', 'api_key'])(
    'is a bad one when the URL has a token as %s, even beside a good one',
    async (name) => {
      const { token, line } = drawnToken();
      const gate = await openGate({ tokensFile: fileOf([line]) });
      const answer = await gate.ask({ authorization: `Bearer ${token}` }, { path: `/mcp?a=b&${name}=${token}` });
      expect(answer).toMatchObject({
        status: 400,
        challenge: expect.stringContaining('error="invalid_request"'),
        body: { error_code: 'bad_request', message: expect.stringContaining('ends up in logs') },
      });
      expect(answer.text + answer.challenge).not.toContain(token);
    },
  );

  it('is told about the scopes that are needed before it has one', async () => {
    const gate = await openGate({ tokensFile: fileOf([]), requiredScopes: ['query', 'read'] });
    expect((await gate.ask()).challenge).toContain('scope="query read"');
  });
});

describe('a request with a good token', () => {
  it('is let in as its subject, and the token goes no further', async () => {
    const { token, line } = drawnToken({ subject: 'alice', scopes: ['query'], expires: '2999-01-01T00:00:00Z' });
    const gate = await openGate({ tokensFile: fileOf([line]) });
    const answer = await gate.show(token);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        subject: 'alice',
        auth: { token: '', clientId: 'alice', scopes: ['query'], expiresAt: 32472144000 },
      },
    });
    expect(answer.text).not.toContain(token);
  });

  it('may use what its line says, in place of what others may', async () => {
    const { token, line } = drawnToken({ quotas: ['50usd/day', '4runs'] });
    const gate = await openGate({ tokensFile: fileOf([line]) });
    expect(await gate.show(token)).toMatchObject({
      body: {
        quotas: [
          { amount: 50, unit: 'usd', per: 'day' },
          { amount: 4, unit: 'runs', per: null },
        ],
      },
    });
    const bad = fileOf([line.replace('4runs', 'any')]);
    await expect(openGate({ tokensFile: bad })).rejects.toThrow(/line 1: its "quotas" is missing or wrong/);
  });

  it.each(['bearer', 'BEARER', 'Bearer   '])('may write the scheme as %j', async (scheme) => {
    const { token, line } = drawnToken();
    const gate = await openGate({ tokensFile: fileOf([line]) });
    expect((await gate.ask({ authorization: `${scheme} ${token}` })).status).toBe(200);
  });

  it('is forbidden without a scope that is required', async () => {
    const { token, line } = drawnToken({ scopes: ['read'] });
    const gate = await openGate({ tokensFile: fileOf([line]), requiredScopes: ['query', 'read'] });
    expect(await gate.show(token)).toMatchObject({
      status: 403,
      challenge: expect.stringMatching(/error="insufficient_scope", .*scope="query read", resource_metadata=/),
      body: {
        error_code: 'forbidden',
        message: 'the token lacks a scope; needed are: query read',
        details: { requiredScopes: ['query', 'read'] },
        error: 'insufficient_scope',
      },
    });
  });

  it('is let in with more scopes than are required', async () => {
    const { token, line } = drawnToken({ scopes: ['read', 'query', 'admin'] });
    const gate = await openGate({ tokensFile: fileOf([line]), requiredScopes: ['query'] });
    expect((await gate.show(token)).status).toBe(200);
  });
});

describe('metadata', () => {
  const rules = () => ({
    tokensFile: fileOf([]),
    requiredScopes: ['query'],
    authorizationServers: ['https://login.example.com'],
  });

  it.each(['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp?x=y'])(
    'is at %s for everybody',
    async (path) => {
      const gate = await openGate(rules());
      expect(await gate.ask({}, { path, method: 'GET' })).toMatchObject({
        status: 200,
        body: {
          resource: new URL('/mcp', gate.url).href,
          authorization_servers: ['https://login.example.com'],
          scopes_supported: ['query'],
          bearer_methods_supported: ['header'],
        },
      });
    },
  );

  it('leaves out lists without items', async () => {
    const gate = await openGate({ tokensFile: fileOf([]) });
    const { body } = await gate.ask({}, { path: '/.well-known/oauth-protected-resource', method: 'GET' });
    expect(body).toEqual({
      resource: new URL('/mcp', gate.url).href,
      resource_name: 'sluice',
      bearer_methods_supported: ['header'],
    });
  });

  it('tells of the URL that clients know, and is where they look for it behind a proxy', async () => {
    const gate = await openGate({ ...rules(), publicUrl: 'https://example.com/tools/claude' });
    const path = '/.well-known/oauth-protected-resource/tools/claude';
    expect((await gate.ask()).challenge).toContain(`resource_metadata="https://example.com${path}"`);
    for (const at of [path, '/.well-known/oauth-protected-resource/mcp']) {
      expect(await gate.ask({}, { path: at, method: 'GET' })).toMatchObject({
        status: 200,
        body: { resource: 'https://example.com/tools/claude' },
      });
    }
  });

  it('can be read, and nothing else', async () => {
    const gate = await openGate(rules());
    const path = '/.well-known/oauth-protected-resource';
    expect(await gate.ask({}, { path, method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect(await gate.ask({}, { path, method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('is nowhere else', async () => {
    const gate = await openGate(rules());
    const path = '/.well-known/oauth-protected-resource/other';
    expect(await gate.ask({}, { path, method: 'GET' })).toMatchObject({ status: 401 });
  });
});

describe('rules that cannot be', () => {
  it.each<[string, Parameters<typeof inputOf>[0], RegExp]>([
    [
      'scopes, where nobody needs a token',
      { requiredScopes: ['query'] },
      /^--requiredScopes: nobody needs a token yet/,
    ],
    [
      'authorization servers, where nobody needs a token',
      { authorizationServers: ['https://login.example.com'] },
      /^--authorizationServers: nobody needs a token yet/,
    ],
    ['an issuer without a key', { jwtIssuer: 'x' }, /^--jwtIssuer: no JWT is accepted without a key/],
    ['an audience without a key', { jwtAudience: 'x' }, /^--jwtAudience: no JWT is accepted without a key/],
    ['algorithms without a key', { jwtAlgorithms: ['HS256'] }, /^--jwtAlgorithms: no JWT is accepted without a key/],
    ['a public URL with a query', { publicUrl: 'https://example.com/?a' }, /^--publicUrl: it cannot have/],
    ['a tokens file that is missing', { tokensFile: '/nowhere/tokens' }, /^--tokensFile: \/nowhere\/tokens cannot be/],
    ['a folder in its place', { tokensFile: '/' }, /^--tokensFile: \/ cannot be used: /],
    ['a secret that is missing', { jwtSecretFile: '/nowhere' }, /^--jwtSecretFile: \/nowhere cannot be used: /],
  ])('are refused at the start: %s', async (_, rules, message) => {
    await expect(createAccess(inputOf(rules))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('are refused when a scope is none', async () => {
    const rules = { tokensFile: fileOf([]), requiredScopes: ['a"b'] };
    await expect(createAccess(inputOf(rules))).rejects.toThrow(/^--requiredScopes: "a"b" cannot be a scope/);
  });
});

describe('a file', () => {
  const RULES = ['tokensFile', 'jwtSecretFile'] as const;

  function fileFor(rule: (typeof RULES)[number], mode: number): string {
    return fileOf(rule === 'tokensFile' ? [] : [SECRET], mode);
  }

  it.each([0o644, 0o604, 0o620, 0o602])('that others can read or write is refused: %o', async (mode) => {
    for (const rule of RULES) {
      await expect(createAccess(inputOf({ [rule]: fileFor(rule, mode) }))).rejects.toThrow(
        /^--\w+: .*: its mode is 06\d\d, so others can read or write it; .* \(0600\)$/,
      );
    }
  });

  it.each([0o640, 0o600, 0o440, 0o400])('of its owner, or read by its group, is used: %o', async (mode) => {
    for (const rule of RULES) {
      expect(await createAccess(inputOf({ [rule]: fileFor(rule, mode) }))).toMatchObject({ required: true });
    }
  });
});

describe('a tokens file', () => {
  it.each<[string, string]>([
    ['a token in place of its digest', drawnToken().token],
    ['no JSON', '{"digest": '],
    ['a list', '["a list, which is no token"]'],
    ['no digest', drawnToken({ digest: 'sha256:12' }).line],
    ['a digest of another kind', drawnToken({ digest: `sha512:${'a'.repeat(64)}` }).line],
    ['no subject', drawnToken({ subject: '' }).line],
    ['an escape in the subject', drawnToken({ subject: 'a\u001bb' }).line],
    ['two scopes in one', drawnToken({ scopes: ['a b'] }).line],
    ['a time that is none', drawnToken({ expires: 'tomorrow' }).line],
    ['a field too many', drawnToken().line.replace('{', '{"expire":null,')],
  ])('with %s is refused at the start; its line is named, not quoted', async (_, line) => {
    const path = fileOf([drawnToken().line, '', line]);
    const error: unknown = await createAccess(inputOf({ tokensFile: path })).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'usage', message: expect.stringMatching(/^--tokensFile: .*: line 3: it/) });
    expect(String(error)).not.toContain(line.slice(2, 40));
  });

  it('lets somebody in whose line was added while the server runs, and nobody whose line was taken away', async () => {
    const [first, second] = [drawnToken(), drawnToken({ subject: 'bob' })];
    const path = fileOf([first.line]);
    const gate = await openGate({ tokensFile: path });
    expect((await gate.show(first.token)).status).toBe(200);
    expect((await gate.show(second.token)).status).toBe(401);
    writeLines(path, [second.line]);
    expect(await Promise.all([first, second].map(async ({ token }) => (await gate.show(token)).status))).toEqual([
      401, 200,
    ]);
    expect(gate.problems).toEqual([]);
  });

  it('loses the lines that are damaged while the server runs, and no others; that is told once', async () => {
    const [first, second] = [drawnToken(), drawnToken()];
    const path = fileOf([first.line, second.line]);
    const gate = await openGate({ tokensFile: path });
    writeLines(path, [first.line.slice(0, -5), second.line]);
    for (let round = 0; round < 2; round++) {
      expect((await gate.show(first.token)).status).toBe(401);
      expect((await gate.show(second.token)).status).toBe(200);
    }
    expect(gate.problems).toEqual([expect.stringMatching(/^--tokensFile: .*: line 1: .*; it is left out$/)]);
  });

  it('lets nobody in while it is gone or open to others, says so once, and does again when it is back', async () => {
    const { token, line } = drawnToken();
    const path = fileOf([line]);
    const gate = await openGate({ tokensFile: path });
    for (const spoil of [() => rmSync(path), () => writeLines(path, [line], 0o666)]) {
      spoil();
      for (let round = 0; round < 2; round++) {
        const answer = await gate.show(token);
        expect(answer).toMatchObject({ status: 503, challenge: undefined, body: { error_code: 'unavailable' } });
        expect(answer.text).not.toContain(path);
      }
      writeLines(path, [line]);
      expect((await gate.show(token)).status).toBe(200);
    }
    expect(gate.problems).toEqual([
      expect.stringMatching(/^--tokensFile: .*: it cannot be used any more, so nobody is let in: .*\(ENOENT\)/),
      expect.stringMatching(/its mode is 0666/),
    ]);
  });

  it('tells the one whose token has expired, to the second', async () => {
    const { token, line } = drawnToken({ expires: '2026-03-01T12:00:00Z' });
    let now = Date.parse('2026-03-01T11:59:59Z');
    const gate = await openGate({ tokensFile: fileOf([line]), now: () => now });
    expect((await gate.show(token)).status).toBe(200);
    now += 1000;
    expect(await gate.show(token)).toMatchObject({
      status: 401,
      body: { message: 'the token expired at 2026-03-01T12:00:00.000Z; get a new one', error: 'invalid_token' },
    });
  });

  it('is a plain file: a named pipe is not waited for', async () => {
    const pipe = namedPipe(temporaryFolder());
    await expect(createAccess(inputOf({ tokensFile: pipe }))).rejects.toThrow(/it is no plain file/);
  });
});

describe('whatever stands in a header and a URL', () => {
  const SCRAPS = ['Bearer', 'Basic', ' ', ',', '"', '\\', '.', 'e30', 'eyJhbGciOiJub25lIn0', '='];

  it('is answered with 400 or 401, and never comes back', async () => {
    const gate = await openGate({ tokensFile: fileOf([drawnToken().line]), jwtSecretFile: fileOf([SECRET]) });
    const scheme = fc.constantFrom('Bearer ', 'bearer ', 'Bearer  ', '');
    const scraps = fc.array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ unit: 'grapheme-ascii' })), {
      maxLength: 4,
    });
    const secret = fc.base64String({ minLength: 8, maxLength: 80 });
    // What a URL may hold, without the map of all of Unicode that fast-check makes for its own.
    const query = fc.string({ maxLength: 20 }).map(encodeURI);
    await fc.assert(
      fc.asyncProperty(scheme, scraps, secret, scraps, query, async (scheme, before, secret, after, query) => {
        const authorization = [scheme, ...before, secret, ...after].join('');
        const answer = await gate.ask({ authorization }, { path: `/mcp?${query}` });
        expect([400, 401]).toContain(answer.status);
        expect(answer.text + answer.challenge).not.toContain(secret);
      }),
      { numRuns: rounds(100) },
    );
  });
});
