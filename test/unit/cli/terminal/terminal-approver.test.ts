import { describe, expect, it } from 'vitest';
import { terminalApprover } from '../../../../src/cli/terminal/terminal-approver.ts';
import type { ToolCall } from '../../../../src/run.ts';

const callOf = (tool: string, shown = `${tool} {}`): ToolCall => ({
  id: 'toolu_1',
  tool,
  input: {},
  digest: 'sha256:0',
  reason: null,
  shown,
});

/** Somebody who has these answers ready, and nothing to say after them. */
function somebody(...answers: readonly string[]) {
  const seen: string[] = [];
  const left = [...answers];
  const terminal = {
    say: (text: string) => void seen.push(text),
    async ask(text: string) {
      seen.push(text);
      return left.shift() ?? null;
    },
  };
  const approve = terminalApprover(terminal, 120_000);
  const ask = async (call: ToolCall) => (await approve(call, new AbortController().signal)).behavior;
  return { ask, seen };
}

describe('somebody at a terminal', () => {
  it.each([
    ['y', 'allow'],
    [' YES ', 'allow'],
    ['n', 'deny'],
    ['', 'deny'],
    ['sure', 'deny'],
    [undefined, 'deny'],
  ])('who says %j means %s', async (answer, meaning) => {
    const { ask } = somebody(...(answer === undefined ? [] : [answer]));
    expect(await ask(callOf('Bash'))).toBe(meaning);
  });

  it('sees all of the call, and how long there is', async () => {
    const { ask, seen } = somebody('n');
    await ask(callOf('Bash', 'Bash {\n  "command": "ls"\n}'));
    expect(seen).toEqual([
      '\nsluice: claude asks to use Bash {\n  "command": "ls"\n}\nAllow it? (y: yes, n: no, a: always for Bash in this run; no after 2 min) ',
    ]);
  });

  it('is asked no more about a tool that is always allowed, and about others still', async () => {
    const { ask, seen } = somebody('a', 'n');
    expect(await ask(callOf('Bash'))).toBe('allow');
    expect(await ask(callOf('Bash'))).toBe('allow');
    expect(await ask(callOf('Write'))).toBe('deny');
    expect(seen).toHaveLength(2);
  });

  it('is asked about one call at a time, and not about one that is over', async () => {
    const { ask, seen } = somebody('y', 'y');
    expect(await Promise.all([ask(callOf('Bash')), ask(callOf('Write'))])).toEqual(['allow', 'allow']);
    const approve = terminalApprover({ say() {}, ask: async () => 'y' }, 1_000);
    expect(await approve(callOf('Bash'), AbortSignal.abort())).toMatchObject({ behavior: 'deny' });
    expect(seen).toHaveLength(2);
  });

  it('is not asked about a call that is too long to be shown: it is denied', async () => {
    const { ask, seen } = somebody('y');
    expect(await ask(callOf('Write', `Write ${'x'.repeat(50_001)}`))).toBe('deny');
    expect(seen).toEqual(['\nsluice: a call of Write was denied: it is too long to be shown\n']);
  });
});
