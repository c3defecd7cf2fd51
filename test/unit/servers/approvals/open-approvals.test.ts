import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../../src/run.ts';
import { openApprovals, type PendingApproval } from '../../../../src/servers/approvals/open-approvals.ts';

const CALL: ToolCall = {
  id: 'toolu_1',
  tool: 'Bash',
  input: { command: 'ls' },
  digest: 'sha256:1',
  reason: null,
  shown: 'Bash {\n  "command": "ls"\n}',
};

function asked(signal = new AbortController().signal) {
  const approvals = openApprovals();
  const seen: PendingApproval[] = [];
  const unfollow = approvals.follow('run-1', (approval) => seen.push(approval));
  approvals.follow('run-2', () => seen.push(...seen));
  const decision = approvals.ask('run-1', CALL, signal);
  unfollow();
  void approvals.ask('run-1', CALL, AbortSignal.abort());
  return { approvals, decision, id: seen[0]?.approvalId ?? '', seen };
}

const yes = { decision: 'allow', digest: 'sha256:1' } as const;

describe('an open approval', () => {
  it('is shown whole, and answered once', async () => {
    const { approvals, decision, id, seen } = asked();
    expect(approvals.of('run-1')).toEqual(seen);
    expect(seen).toMatchObject([{ runId: 'run-1', tool: 'Bash', shown: CALL.shown, digest: 'sha256:1' }]);
    expect(approvals.answer('run-1', id, yes, 'ann')).toBe('counted');
    expect(approvals.answer('run-1', id, { ...yes, decision: 'deny' }, 'bob')).toBe('not_found');
    expect(await decision).toEqual({ behavior: 'allow', by: 'ann' });
    expect(approvals.of('run-1')).toEqual([]);
  });

  it('is of one run and about one call', async () => {
    const { approvals, decision, id } = asked();
    expect(approvals.answer('run-2', id, yes, 'ann')).toBe('not_found');
    expect(approvals.answer('run-1', id, { ...yes, digest: 'sha256:2' }, 'ann')).toBe('other_call');
    expect(approvals.answer('run-1', id, { ...yes, decision: 'deny' }, 'ann')).toBe('counted');
    expect(await decision).toEqual({ behavior: 'deny', by: 'ann' });
  });

  it('is answered by no when it is taken back', async () => {
    const stop = new AbortController();
    const { approvals, decision, id } = asked(stop.signal);
    stop.abort();
    expect(await decision).toMatchObject({ behavior: 'deny' });
    expect(approvals.answer('run-1', id, yes, 'ann')).toBe('not_found');
    expect(asked(AbortSignal.abort()).seen).toEqual([]);
  });
});
