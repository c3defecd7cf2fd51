import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../../src/run.ts';
import { approvalForm, decisionOf, unshowable } from '../../../../src/servers/mcp/approvals/approval-form.ts';

/** A call of a command, as it is shown. */
function callOf(command: string): ToolCall {
  const input = { command };
  const shown = `Bash ${JSON.stringify(input, null, 2)}`;
  return { id: 'toolu_1', tool: 'Bash', input, digest: 'sha256:00', reason: null, shown };
}

describe('what a client is to show of a call', () => {
  it('is all of it, with its digest', () => {
    const call = callOf('x'.repeat(15_000));
    expect(unshowable(call, 'test 1.0.0')).toBe(null);
    expect(approvalForm(call, 'test 1.0.0').message).toBe(`Claude asks to use ${call.shown}\n\nsha256:00`);
    expect(unshowable(callOf('x'.repeat(25_000)), 'test 1.0.0')).toMatchObject({ behavior: 'deny' });
  });

  it('is what Claude Code does not cut, or nobody is asked', () => {
    const client = 'claude-code 2.1.332';
    const short = callOf('npm test\nnpm run build');
    expect(unshowable(short, client)).toBe(null);
    const { message } = approvalForm(short, client);
    expect(message).toBe(String.raw`Bash { "command": "npm test\nnpm run build" }` + '\n\nsha256:00');
    for (const long of ['x'.repeat(140), '漢'.repeat(70)]) {
      expect(unshowable(callOf(long), client)).toMatchObject({
        behavior: 'deny',
        message: expect.stringContaining('no more than the beginning'),
      });
    }
  });
});

describe('an answer', () => {
  it.each([
    [
      { action: 'accept', content: { allow: true } },
      { behavior: 'allow', by: 'me' },
    ],
    [
      { action: 'accept', content: { allow: false } },
      { behavior: 'deny', message: 'the user said no', by: 'me' },
    ],
    [{ action: 'decline' }, { behavior: 'deny', message: 'the user said no', by: 'me' }],
    [{ action: 'cancel' }, { behavior: 'deny', message: 'the question was closed without an answer', by: 'me' }],
  ])('%j is a decision', (given, decision) => {
    expect(decisionOf(given, 'me')).toEqual(decision);
  });
});
