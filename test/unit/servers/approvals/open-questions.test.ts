import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../../src/run.ts';
import { openQuestions, type Question } from '../../../../src/servers/approvals/open-questions.ts';

const CALL: ToolCall = {
  id: 'toolu_1',
  tool: 'Bash',
  input: { command: 'ls' },
  digest: 'sha256:1',
  reason: null,
  shown: 'Bash {\n  "command": "ls"\n}',
};

function asked(signal = new AbortController().signal) {
  const questions = openQuestions();
  const seen: Question[] = [];
  const unfollow = questions.follow('run-1', (question) => seen.push(question));
  questions.follow('run-2', () => seen.push(...seen));
  const decision = questions.ask('run-1', CALL, signal);
  unfollow();
  void questions.ask('run-1', CALL, AbortSignal.abort());
  return { questions, decision, id: seen[0]?.approvalId ?? '', seen };
}

const yes = { decision: 'allow', digest: 'sha256:1' } as const;

describe('an open question', () => {
  it('is shown whole, and answered once', async () => {
    const { questions, decision, id, seen } = asked();
    expect(questions.of('run-1')).toEqual(seen);
    expect(seen).toMatchObject([{ runId: 'run-1', tool: 'Bash', shown: CALL.shown, digest: 'sha256:1' }]);
    expect(questions.answer('run-1', id, yes, 'ann')).toBe('counted');
    expect(questions.answer('run-1', id, { ...yes, decision: 'deny' }, 'bob')).toBe('not_found');
    expect(await decision).toEqual({ behavior: 'allow', by: 'ann' });
    expect(questions.of('run-1')).toEqual([]);
  });

  it('is of one run and about one call', async () => {
    const { questions, decision, id } = asked();
    expect(questions.answer('run-2', id, yes, 'ann')).toBe('not_found');
    expect(questions.answer('run-1', id, { ...yes, digest: 'sha256:2' }, 'ann')).toBe('other_call');
    expect(questions.answer('run-1', id, { ...yes, decision: 'deny' }, 'ann')).toBe('counted');
    expect(await decision).toEqual({ behavior: 'deny', by: 'ann' });
  });

  it('is answered by no when it is taken back', async () => {
    const stop = new AbortController();
    const { questions, decision, id } = asked(stop.signal);
    stop.abort();
    expect(await decision).toMatchObject({ behavior: 'deny' });
    expect(questions.answer('run-1', id, yes, 'ann')).toBe('not_found');
    expect(asked(AbortSignal.abort()).seen).toEqual([]);
  });
});
