import { describe, expect, it } from 'vitest';
import { goesOn, namesSession } from '../../../../src/claude/start/session-flags.ts';

describe('flags of sessions', () => {
  it.each(['-r', '-rabc', '--resume', '--resume=abc', '-c', '--continue'])('%s goes on with one', (flag) => {
    expect([goesOn(flag), namesSession(flag)]).toEqual([true, true]);
  });

  it.each(['--session-id', '--session-id=abc'])('%s names one', (flag) => {
    expect([goesOn(flag), namesSession(flag)]).toEqual([false, true]);
  });

  it.each(['--resumed', '-d', '--restricted', '--', 'resume', '-'])('%s does neither', (flag) => {
    expect([goesOn(flag), namesSession(flag)]).toEqual([false, false]);
  });
});
