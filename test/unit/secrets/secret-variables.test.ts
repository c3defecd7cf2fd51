import { describe, expect, it } from 'vitest';
import { secretVariables } from '../../../src/secrets/secret-variables.ts';

const COMMIT = '9c2f6a8b1d3e5f70819a2b3c4d5e6f708192a3b4';

describe('variables that are taken for secret', () => {
  it.each([
    ['ANTHROPIC_API_KEY', 'sk-ant-fake-0000'],
    ['NPM_TOKEN', 'short'],
    ['DB_PASSWORD', 'abc'],
    ['TOKEN2', 'x9'],
    ['PGPASSWORD', 'tr0ub4dor'],
    ['INPUT_TOKEN', 'abc'],
    ['ANYTHING', 'ghp_0123456789abcdefghijklmnopqrstuvwx12'],
    ['DATABASE', 'postgres://app:tr0ub4dor@db/app'],
    ['DEPLOY_CODE', 'Zx81kQpW72mLr40TnBv6'],
  ])('%s=%s', (name, value) => {
    expect(secretVariables({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['PATH', '/usr/bin:/bin'],
    ['CI', 'true'],
    ['GITHUB_SHA', COMMIT],
    ['GIT_COMMIT', COMMIT],
    ['CI_COMMIT_REF_SLUG', 'feature-abc-1234-something-99'],
    ['GITHUB_WORKFLOW_REF', 'octo/x/.github/workflows/a.yml@refs/heads/main'],
    ['GITHUB_ENV', '/home/runner/work/_temp/_runner_file_commands/set_env_1b2c3d4e-aaaa'],
    ['INVOCATION_ID', '0123456789abcdef0123456789abcdef'],
    ['HOSTNAME', 'ip-10-0-12-34-us-west-2-compute1'],
    ['NODE_OPTIONS', '--max-old-space-size=4096'],
    ['SSH_KEY', '/home/me/.ssh/id_ed25519'],
    ['USE_TOKEN', 'true'],
    ['AUTH_URL', 'https://login.example.test'],
    ['EMPTY_TOKEN', ''],
  ])('%s=%s is none', (name, value) => {
    expect(secretVariables({ [name]: value })).toEqual([]);
  });

  it('are those that somebody declares, too, and those that hold a declared value', () => {
    const env = { WORDS: 'plain words', OTHER: 'see swordfish', PLAIN: 'plain' };
    expect(secretVariables(env, { secretEnv: ['WORDS'], values: ['swordfish'] })).toEqual(['WORDS', 'OTHER']);
  });
});
