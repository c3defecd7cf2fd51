import { describe, expect, it } from 'vitest';
import { concealmentOf } from '../../../../src/claude/start/concealment.ts';
import { coveringScript } from '../../../../src/claude/start/covering.ts';
import { handingCommand } from '../../../../src/claude/start/handing-command.ts';

const KEY = { ANTHROPIC_API_KEY: 'k' };

describe('where secret variables go', () => {
  it.each([
    ['an API key is handed over', KEY, {}, { handed: ['ANTHROPIC_API_KEY'] }],
    [
      'a token of a login is handed over',
      { CLAUDE_CODE_OAUTH_TOKEN: 't' },
      {},
      { handed: ['CLAUDE_CODE_OAUTH_TOKEN'] },
    ],
    ['a bare claude reads variables alone', KEY, { bare: true }, { covered: ['ANTHROPIC_API_KEY'] }],
    ['also where that is passed through', KEY, { passThrough: ['--bare'] }, { covered: ['ANTHROPIC_API_KEY'] }],
    ['a token of a gateway is covered', { ANTHROPIC_AUTH_TOKEN: 't' }, {}, { covered: ['ANTHROPIC_AUTH_TOKEN'] }],
    [
      'of two ways in, either may be left unread',
      { ...KEY, ANTHROPIC_AUTH_TOKEN: 't' },
      {},
      { covered: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'] },
    ],
    ['a proxy is how claude gets out', { HTTPS_PROXY: 'u' }, {}, { covered: ['HTTPS_PROXY'] }],
    [
      'what is no use to claude is withheld',
      { AWS_SECRET_ACCESS_KEY: 's', X: 'y' },
      {},
      { withheld: ['AWS_SECRET_ACCESS_KEY', 'X'] },
    ],
  ])('%s', (_, env, request, expected) => {
    const nothing = { withheld: [], handed: [], covered: [] };
    expect(concealmentOf(env, Object.keys(env), request)).toEqual({ ...nothing, ...expected });
  });

  it('a cloud that has the model signs in with what is its own, and nobody else', () => {
    const env = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_SESSION_TOKEN: 's', AZURE_CLIENT_SECRET: 'c', ...KEY };
    const secrets = ['AWS_SESSION_TOKEN', 'AZURE_CLIENT_SECRET', 'ANTHROPIC_API_KEY'];
    expect(concealmentOf(env, secrets, {})).toEqual({
      withheld: ['AZURE_CLIENT_SECRET'],
      handed: [],
      covered: ['AWS_SESSION_TOKEN', 'ANTHROPIC_API_KEY'],
    });
  });
});

describe('what starts claude, and what claude starts', () => {
  it('needs no shell where nothing is handed over', () => {
    expect(handingCommand({ withheld: ['X'], handed: [], covered: [] }, { path: '', cwd: '/' })).toEqual([]);
  });

  it('is refused where there is no shell', () => {
    const concealment = { withheld: [], handed: ['ANTHROPIC_API_KEY'], covered: [] };
    expect(() => handingCommand(concealment, { path: '', cwd: '/' })).toThrow('there is no sh on PATH');
  });

  it('runs in the shell of claude, without what is covered, behind the prefix that there was', () => {
    const covered = ['ANTHROPIC_AUTH_TOKEN', 'no identifier'];
    expect(coveringScript(covered, '/bin/bash')).toBe(
      '#!/bin/sh\nunset ANTHROPIC_AUTH_TOKEN\nexec /bin/bash -c "$1"\n',
    );
    expect(coveringScript(covered, '/bin/bash', '/opt/log me -v')).toBe(
      `#!/bin/sh\nunset ANTHROPIC_AUTH_TOKEN\nexec /bin/bash -c ''\\''/opt/log me'\\'' -v "$1"' sh "$1"\n`,
    );
  });
});
