import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLogin } from '../../../src/doctor/checks/login.ts';
import { setUp, told } from './set-up.ts';

const HOUR = 3_600_000;
const login = (more: object) => ({ '.claude/.credentials.json': { claudeAiOauth: { accessToken: 'x', ...more } } });
const renewable = login({ refreshToken: 'y', subscriptionType: 'max', expiresAt: Date.now() - HOUR });

describe('the way in', () => {
  it.each([
    [{ ANTHROPIC_API_KEY: 'k' }, {}, /^an API key, from ANTHROPIC_API_KEY;/],
    [{ ANTHROPIC_AUTH_TOKEN: 'k' }, {}, /^a bearer token, from ANTHROPIC_AUTH_TOKEN;/],
    [{ CLAUDE_CODE_OAUTH_TOKEN: 'k' }, {}, /^a subscription's token, from CLAUDE_CODE_OAUTH_TOKEN;/],
    [{ CLAUDE_CODE_USE_BEDROCK: '1', ANTHROPIC_API_KEY: 'k' }, {}, /^Amazon Bedrock, switched on by /],
    [{ CLAUDE_CODE_USE_VERTEX: 'true' }, {}, /^Google Vertex AI/],
    [{}, renewable, /^a login, kept in .*\.credentials\.json \(max\);/],
  ])('with %j is told', async (env, files, what) => {
    const findings = await checkLogin(setUp(files, env));
    expect(told(findings, 'ok')).toEqual([expect.stringMatching(what)]);
    expect(told(findings, 'error')).toEqual([]);
  });

  it.each([[{}], [{ ANTHROPIC_API_KEY: '' }], [{ CLAUDE_CODE_USE_BEDROCK: '0' }]])(
    'is missing with %j',
    async (env) => {
      const [first, ...more] = await checkLogin(setUp({}, env));
      expect(first).toMatchObject({
        what: expect.stringContaining('no key and no login'),
        fix: expect.stringContaining('setup-token'),
      });
      expect(more).toEqual([]);
    },
  );
});

describe('a trap', () => {
  it.each([
    [
      'a key beside a login',
      renewable,
      { ANTHROPIC_API_KEY: 'k' },
      /^ANTHROPIC_API_KEY is used, although .*\.credentials\.json/,
    ],
    [
      'a key beside a token',
      {},
      { ANTHROPIC_API_KEY: 'k', CLAUDE_CODE_OAUTH_TOKEN: 't' },
      /^ANTHROPIC_API_KEY is used, although .*OAUTH_TOKEN/,
    ],
    ['a key with a line break', {}, { ANTHROPIC_API_KEY: 'k\n' }, /^ANTHROPIC_API_KEY begins or ends with/],
    ['a quoted token', {}, { CLAUDE_CODE_OAUTH_TOKEN: '"t"' }, /^CLAUDE_CODE_OAUTH_TOKEN begins or ends with/],
    ['an expired login', login({ expiresAt: Date.now() - HOUR }), {}, /^the login in .* expired at /],
    [
      'a broken login',
      { '.claude/.credentials.json': '{' },
      { ANTHROPIC_API_KEY: 'k' },
      /can't be read: it is not valid JSON$/,
    ],
  ])('is told: %s', async (_, files, env, what) => {
    expect(told(await checkLogin(setUp(files, env)), 'warning')).toEqual([expect.stringMatching(what)]);
  });

  it('is not seen in a key beside a cloud, which is used', async () => {
    const env = { ANTHROPIC_API_KEY: 'k', CLAUDE_CODE_OAUTH_TOKEN: 't', CLAUDE_CODE_USE_FOUNDRY: '1' };
    expect(told(await checkLogin(setUp({}, env)), 'warning')).toEqual([]);
  });

  it('is told of a key in settings, which wins', async () => {
    const files = { 'project/.claude/settings.json': { env: { ANTHROPIC_API_KEY: 'other' }, apiKeyHelper: 'x' } };
    const findings = await checkLogin(setUp(files, { ANTHROPIC_API_KEY: 'k' }));
    expect(told(findings, 'note')).toEqual([
      expect.stringMatching(/settings\.json .* sets ANTHROPIC_API_KEY, apiKeyHelper$/),
    ]);
    expect(JSON.stringify(findings)).not.toContain('other');
  });

  it.skipIf(process.platform === 'win32')('is told of a login that others can read', async () => {
    const setup = setUp(renewable);
    chmodSync(join(setup.home, '.claude/.credentials.json'), 0o644);
    expect(told(await checkLogin(setup), 'warning')).toEqual([expect.stringContaining('can be read by others')]);
  });
});
