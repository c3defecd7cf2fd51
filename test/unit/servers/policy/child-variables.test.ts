import { describe, expect, it } from 'vitest';
import { childVariables } from '../../../../src/servers/policy/child-variables.ts';

describe('the environment of a query', () => {
  it('has what claude needs to run and to log in', () => {
    const env = {
      PATH: '/bin',
      HOME: '/home/me',
      LC_ALL: 'C',
      https_proxy: 'http://proxy',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      ANTHROPIC_API_KEY: 'key',
      CLAUDE_CODE_OAUTH_TOKEN: 'token',
      XDG_CONFIG_HOME: '/x',
      DISABLE_TELEMETRY: '1',
    };
    expect(childVariables(env, [])).toEqual(env);
  });

  it('has nothing else', () => {
    const env = {
      DATABASE_URL: 'postgres://me:secret@db',
      GITHUB_TOKEN: 'ghp',
      SLUICE_JWT: 'x',
      NODE_OPTIONS: '--require /evil.js',
      LD_PRELOAD: '/evil.so',
      PATHS: 'x',
      MY_PATH: 'x',
      XHOME: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      GOOGLE_APPLICATION_CREDENTIALS: 'x',
      'PATH\nX': 'x',
    };
    expect(childVariables(env, [])).toEqual({});
  });

  it.each([
    ['CLAUDE_CODE_USE_BEDROCK', 'AWS_PROFILE'],
    ['CLAUDE_CODE_USE_VERTEX', 'GOOGLE_APPLICATION_CREDENTIALS'],
    ['CLAUDE_CODE_USE_FOUNDRY', 'AZURE_CLIENT_SECRET'],
  ])('has what a cloud needs where %s is on', (name, credential) => {
    expect(childVariables({ [name]: '1', [credential]: 'x' }, [])).toHaveProperty(credential);
    expect(childVariables({ [name]: '0', [credential]: 'x' }, [])).not.toHaveProperty(credential);
  });

  it('has what the operator names, one or many', () => {
    const env = { MY_ONE: '1', MY_TWO: '2', YOURS: '3', 'A.B': '4', AXB: '5' };
    expect(childVariables(env, ['MY_*', 'A.B'])).toEqual({ MY_ONE: '1', MY_TWO: '2', 'A.B': '4' });
  });
});
