import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../../src/claude/start/environment.ts';

const OURS = { CLAUDE_CODE_TMPDIR: '/private', SLUICE_RUN: 'id' };
const environmentOf = (env: Record<string, string | undefined>, retries?: number) =>
  childEnvironment(env, { temporary: '/private', retries, own: { SLUICE_RUN: 'id' } });

describe('childEnvironment', () => {
  it('passes on what the caller has, every way to authenticate included', () => {
    const env = {
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'k',
      ANTHROPIC_AUTH_TOKEN: 't',
      CLAUDE_CODE_OAUTH_TOKEN: 'o',
      CLAUDE_CODE_USE_BEDROCK: '1',
      CLAUDE_CODE_USE_VERTEX: '1',
      AWS_REGION: 'eu',
      EMPTY: '',
    };
    expect(environmentOf(env)).toEqual({ ...env, ...OURS });
  });

  it('strips what an outer claude set for what it starts', () => {
    const env = {
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDE_CODE_SSE_PORT: '1',
      CLAUDE_CODE_CHILD_SESSION: '1',
    };
    expect(environmentOf({ ...env, PATH: '/bin' })).toEqual({ PATH: '/bin', ...OURS });
  });

  it('leaves out what is undefined, and adds nothing of this process', () => {
    expect(environmentOf({ A: undefined })).toEqual(OURS);
  });

  it('tells claude how often to retry only when it was said, zero too', () => {
    expect(environmentOf({}, 0)).toEqual({ ...OURS, CLAUDE_CODE_MAX_RETRIES: '0' });
    expect(environmentOf({ CLAUDE_CODE_MAX_RETRIES: '7' }, 3)).toMatchObject({ CLAUDE_CODE_MAX_RETRIES: '3' });
    expect(environmentOf({ CLAUDE_CODE_MAX_RETRIES: '7' })).toMatchObject({ CLAUDE_CODE_MAX_RETRIES: '7' });
  });

  it("puts claude's temporary files into the private folder, whatever the caller says", () => {
    expect(environmentOf({ CLAUDE_CODE_TMPDIR: '/tmp/shared' })).toEqual(OURS);
  });
});
