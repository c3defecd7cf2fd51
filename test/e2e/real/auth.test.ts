import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { sluice } from '../../support/sluice.ts';
import { atTestEnd } from '../../support/test-end.ts';

/** What a request shows to be let in. */
interface Shown {
  readonly key: string | undefined;
  readonly bearer: string | undefined;
}

/** An API that takes no request, and keeps what each showed. */
async function doorkeeper(): Promise<{ readonly url: string; readonly shown: readonly Shown[] }> {
  const shown: Shown[] = [];
  const server = createServer((request, response) => {
    const { 'x-api-key': key, authorization } = request.headers;
    shown.push({ key: key?.toString(), bearer: authorization?.replace('Bearer ', '') });
    request.resume();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end('{"type":"error","error":{"type":"invalid_request_error","message":"not today"}}');
  });
  atTestEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, shown };
}

type Variables = Readonly<Record<string, string | undefined>>;

// As src/help/auth.md has it.
describe.runIf(since('2.1.0'))('a way to authenticate', () => {
  it.each<[string, Variables, readonly string[], Shown]>([
    [
      'a token of claude setup-token',
      { ANTHROPIC_API_KEY: undefined, CLAUDE_CODE_OAUTH_TOKEN: 'oauth' },
      [],
      { key: undefined, bearer: 'oauth' },
    ],
    [
      'a key beside such a token, which wins',
      { CLAUDE_CODE_OAUTH_TOKEN: 'oauth' },
      [],
      { key: 'key', bearer: undefined },
    ],
    // That the token is enough by itself is in tool-environment.test.ts.
    [
      'a key beside the token of a gateway: both',
      { ANTHROPIC_AUTH_TOKEN: 'gateway' },
      [],
      { key: 'key', bearer: 'gateway' },
    ],
    [
      'a program that prints a key',
      { ANTHROPIC_API_KEY: undefined },
      ['--settings', '{"apiKeyHelper":"echo helped"}'],
      { key: 'helped', bearer: 'helped' },
    ],
  ])('reaches the API: %s', async (_, env, args, expected) => {
    const api = await doorkeeper();
    await sluice(['--json', '--retries', '0', ...args, 'hi'], { api, env: { ...BASE, ...env } });
    expect(api.shown).toContainEqual(expected);
  });

  it('that --bare does not read is none, and no request is made', async () => {
    const api = await doorkeeper();
    const env = { ...BASE, ANTHROPIC_API_KEY: undefined, CLAUDE_CODE_OAUTH_TOKEN: 'oauth' };
    const run = await sluice(['--json', '--bare', 'hi'], { api, env });
    expect(run.bundle().outcome).toMatchObject({ class: 'auth', exitCode: 4, retryable: false });
    expect(api.shown).toEqual([]);
  });
});

/** Nothing of it leaves loopback. */
const BASE: Variables = {
  ANTHROPIC_API_KEY: 'key',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};
