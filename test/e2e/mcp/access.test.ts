import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askHttp, type Question } from '../../support/ask-http.ts';
import { drawnToken } from '../../support/drawn-token.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { type McpServer, startMcp } from '../../support/mcp.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
});

const AS_MCP = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

function privateFile({ project }: Home, name: string, lines: readonly string[]): string {
  const path = join(project, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  chmodSync(path, 0o600);
  return path;
}

/** What came, in one line. What the challenge repeats is left out of it. */
async function answerOf({ url }: McpServer, question: Question): Promise<string> {
  const { status, challenge, allow, body } = await askHttp(url, question);
  const { error_code: code, message, error, resource } = Object(body);
  const described = error?.message ?? resource ?? '';
  const metadata = `resource_metadata="${url.origin}/.well-known/oauth-protected-resource/mcp"`;
  return [
    status,
    code === undefined ? described : `${code}: ${message}`,
    allow === undefined ? '' : `allow: ${allow}`,
    challenge?.replace(`error_description="${message}", `, '').replace(metadata, 'resource_metadata') ?? '',
  ]
    .filter((part) => part !== '')
    .join(' | ')
    .replaceAll(url.port, 'PORT');
}

describe('over HTTP', () => {
  it('answers each kind of request as this table says, without a word of any token', async () => {
    const home = freshHome();
    const [good, old, narrow] = [
      drawnToken({ scopes: ['query'] }),
      drawnToken({ scopes: ['query'], expires: '2020-01-02T00:00:00Z' }),
      drawnToken({ scopes: ['read'] }),
    ];
    const tokens = privateFile(home, 'tokens', [good.line, old.line, narrow.line]);
    const args = ['--tokens-file', tokens, '--required-scopes', 'query', '--log-level', 'debug'];
    const server = await startMcp('http', args, { home, fake: [] });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const initialize = (headers: Question['headers'], more: Partial<Question> = {}): Question => ({
      method: 'POST',
      headers: { ...AS_MCP, ...headers },
      body: INITIALIZE,
      ...more,
    });
    const rows: Readonly<Record<string, Question>> = {
      'no token': initialize({}),
      'another scheme': initialize({ authorization: 'Basic YWxpY2U6c2VjcmV0' }),
      'a token that is not known': initialize(bearer(drawnToken().token)),
      'a JWT, though none is accepted': initialize(bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.')),
      'an expired token': initialize(bearer(old.token)),
      'a token without the scope': initialize(bearer(narrow.token)),
      'two tokens': initialize({
        authorization: [`Bearer ${good.token}`, `Bearer ${narrow.token}`],
      }),
      'no token, too long a body': initialize({}, { body: 'x'.repeat(2 * 1024 * 1024) }),
      'a token that is a book': initialize(bearer('a'.repeat(10_000))),
      'a token in the URL': initialize(bearer(good.token), {
        path: `/mcp?access_token=${good.token}`,
      }),
      'a good token': initialize(bearer(good.token)),
      'a good token, a page of loopback': initialize({
        ...bearer(good.token),
        origin: 'http://localhost:3000',
      }),
      'a good token, another host': initialize({ ...bearer(good.token), host: 'evil.example.com' }),
      'a good token, a page from elsewhere': initialize({
        ...bearer(good.token),
        origin: 'https://evil.example.com',
      }),
      'a good token, too long a body': initialize(bearer(good.token), {
        body: `"${'x'.repeat(1024 * 1024)}"`,
      }),
      'a good token, no JSON': initialize(bearer(good.token), { body: '{"jsonrpc": ' }),
      'a good token, plain text': initialize({
        ...bearer(good.token),
        'content-type': 'text/plain',
      }),
      'a good token, GET': { headers: { ...AS_MCP, ...bearer(good.token) } },
      'a good token, PUT': initialize(bearer(good.token), { method: 'PUT' }),
      'a good token, another path': initialize(bearer(good.token), { path: '/other' }),
      'no token, another path': { path: '/other' },
      'no token, the metadata': { path: '/.well-known/oauth-protected-resource' },
      'no token, the metadata of the path': { path: '/.well-known/oauth-protected-resource/mcp' },
      'no token, the metadata, another host': {
        path: '/.well-known/oauth-protected-resource',
        headers: { host: 'evil.example.com' },
      },
    };
    const table: string[] = [];
    for (const [name, question] of Object.entries(rows)) {
      table.push(`${name.padEnd(36)} ${await answerOf(server, question)}`);
    }
    expect(table.join('\n')).toMatchInlineSnapshot(`
      "no token                             401 | unauthorized: a token is needed: send the header Authorization: Bearer TOKEN | Bearer realm="sluice", scope="query", resource_metadata
      another scheme                       401 | unauthorized: only bearer tokens are accepted: send the header Authorization: Bearer TOKEN | Bearer realm="sluice", scope="query", resource_metadata
      a token that is not known            401 | unauthorized: the token is not known here | Bearer realm="sluice", error="invalid_token", scope="query", resource_metadata
      a JWT, though none is accepted       401 | unauthorized: the token is not known here | Bearer realm="sluice", error="invalid_token", scope="query", resource_metadata
      an expired token                     401 | unauthorized: the token expired at 2020-01-02T00:00:00.000Z; get a new one | Bearer realm="sluice", error="invalid_token", scope="query", resource_metadata
      a token without the scope            403 | forbidden: the token lacks a scope; needed are: query | Bearer realm="sluice", error="insufficient_scope", scope="query", resource_metadata
      two tokens                           400 | bad_request: there is more than one Authorization header | Bearer realm="sluice", error="invalid_request", scope="query", resource_metadata
      no token, too long a body            401 | unauthorized: a token is needed: send the header Authorization: Bearer TOKEN | Bearer realm="sluice", scope="query", resource_metadata
      a token that is a book               401 | unauthorized: the token has more than 8192 characters | Bearer realm="sluice", error="invalid_token", scope="query", resource_metadata
      a token in the URL                   400 | bad_request: a token in the URL ends up in logs: get a new one and send the header Authorization: Bearer TOKEN | Bearer realm="sluice", error="invalid_request", scope="query", resource_metadata
      a good token                         200
      a good token, a page of loopback     200
      a good token, another host           403 | forbidden: no such host is served here; --allow-hosts names those that are
      a good token, a page from elsewhere  403 | forbidden: pages of this origin may not ask; --allow-origins names those that may
      a good token, too long a body        413 | payload_too_large: a request may have 1048576 bytes
      a good token, no JSON                400 | Parse error: Invalid JSON
      a good token, plain text             415 | Unsupported Media Type: Content-Type must be application/json
      a good token, GET                    400 | Bad Request: Server not initialized
      a good token, PUT                    405 | bad_request: this is asked with POST, GET, DELETE | allow: POST, GET, DELETE
      a good token, another path           404 | not_found: there is nothing here; MCP is at /mcp
      no token, another path               401 | unauthorized: a token is needed: send the header Authorization: Bearer TOKEN | Bearer realm="sluice", scope="query", resource_metadata
      no token, the metadata               200 | http://127.0.0.1:PORT/mcp
      no token, the metadata of the path   200 | http://127.0.0.1:PORT/mcp
      no token, the metadata, another host 403 | forbidden: no such host is served here; --allow-hosts names those that are"
    `);
    const said = [table.join('\n'), JSON.stringify(server.log())].join('\n');
    for (const { token } of [good, old, narrow]) expect(said).not.toContain(token.slice(7, 20));
  });

  it('runs queries for whoever a token was made for', async () => {
    const home = freshHome();
    const { token, line } = drawnToken({ subject: 'alice@example.com' });
    const server = await startMcp('http', ['--tokens-file', privateFile(home, 'tokens', [line])], {
      home,
      fake: [...begin, ...succeed],
      env: { SLUICE_SERVER_ENV: 'FAKE_CLAUDE' },
    });
    for (const era of ['modern', 'legacy'] as const) {
      const client = await server.connect(era, { token });
      const result = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
      expect(result).toMatchObject({ structuredContent: { result: { success: true } } });
    }
    await expect(server.connect('modern')).rejects.toThrow(/401|Unauthorized/i);
  });

  it('knows a token at once that is added while it runs, and forgets one that is taken away', async () => {
    const home = freshHome();
    const tokens = privateFile(home, 'tokens', []);
    const server = await startMcp('http', ['--tokens-file', tokens], { home, fake: [] });
    const made = await sluiceHere(['token', '--subject', 'bob', '--tokens-file', tokens]);
    const ask = () =>
      askHttp(server.url, {
        method: 'POST',
        headers: { ...AS_MCP, authorization: `Bearer ${made.stdout.trim()}` },
        body: INITIALIZE,
      });
    expect((await ask()).status).toBe(200);
    writeFileSync(tokens, '');
    expect((await ask()).status).toBe(401);
    writeFileSync(tokens, 'what somebody typed\n');
    expect((await ask()).status).toBe(401);
    await expect(server.logs({ status: 401 })).resolves.toMatchObject({
      level: 'warn',
      msg: 'requests were refused',
    });
    expect(server.log().map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/^--tokens-file: .*tokens: line 1: .*; it is left out$/),
    );
  });

  it('accepts the JWTs that sluice makes with the same secret, for itself alone', async () => {
    const home = freshHome();
    const secret = privateFile(home, 'secret', ['a secret that both of them were given']);
    const args = ['--jwt-secret-file', secret, '--jwt-issuer', 'sluice', '--public-url', 'https://example.com/mcp'];
    const server = await startMcp('http', args, { home, fake: [] });
    const statusFor = async (audience: string): Promise<number> => {
      const flags = ['--jwt-secret-file', secret, '--jwt-issuer', 'sluice', '--jwt-audience', audience];
      const { stdout } = await sluiceHere(['token', '--jwt', '--subject', 'carol', ...flags]);
      const headers = { ...AS_MCP, authorization: `Bearer ${stdout.trim()}` };
      return (await askHttp(server.url, { method: 'POST', headers, body: INITIALIZE })).status;
    };
    expect(await statusFor('https://example.com/mcp')).toBe(200);
    expect(await statusFor('https://elsewhere.example.com/mcp')).toBe(401);
  });
});

describe('does not start', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'with a tokens file that is missing',
      ['--tokens-file', 'gone'],
      /--tokens-file: \/\S*\/project\/gone cannot be used: .*\(ENOENT\)/,
    ],
    [
      'with a tokens file of others',
      ['--tokens-file', 'open'],
      /--tokens-file: \/\S*\/project\/open cannot be used: its mode is 0644/,
    ],
    ['with a secret that is too short', ['--jwt-secret-file', 'short'], /--jwt-secret-file: .* at least 32 bytes/],
    ['with "none"', ['--jwt-secret-file', 'short', '--jwt-algorithms', 'none'], /--jwt-algorithms: "none" cannot be/],
    ['with keys from afar by http', ['--jwks-url', 'http://example.com', '--jwt-issuer', 'x'], /only be had by https/],
    ['with scopes that nobody has to have', ['--required-scopes', 'query'], /--required-scopes: nobody needs a token/],
    ['for others without tokens', ['--host', '0.0.0.0', '--allow-hosts', 'example.com'], /--host 0\.0\.0\.0/],
  ])('%s', async (_, args, message) => {
    const home = freshHome();
    writeFileSync(join(home.project, 'open'), '');
    chmodSync(join(home.project, 'open'), 0o644);
    privateFile(home, 'short', ['too short']);
    const { exitCode, stdout, stderr } = await sluiceHere(['mcp', '--http', '--port', '0', ...args], {
      home,
      fake: [],
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('too short');
  });
});
