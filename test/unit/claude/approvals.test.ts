import { describe, expect, it, vi } from 'vitest';
import { type Approver, createApprovals } from '../../../src/claude/approvals.ts';

const request = (command: string) => ({
  type: 'control_request' as const,
  request_id: `r-${command}`,
  request: { subtype: 'can_use_tool', tool_name: 'Bash', tool_use_id: 'toolu_1', input: { command } },
});

/** What claude is told of some calls, and what is written down of them. */
function approvalsBy(approve: Approver, timeoutMs = 60_000) {
  const replies = new Map<string, unknown>();
  const approvals = createApprovals(approve, timeoutMs, (id, response) => replies.set(id, response));
  return { approvals, replies };
}

describe('what claude asks about', () => {
  it('is told to somebody whole, and allowed as it is', async () => {
    const approve = vi.fn<Approver>(() => ({ behavior: 'allow', by: 'ann' }));
    const { approvals, replies } = approvalsBy(approve);
    approvals.ask(request('ls'));
    await vi.waitFor(() => expect(replies.size).toBe(1));
    const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
    const call = { id: 'toolu_1', tool: 'Bash', input: { command: 'ls' }, digest, reason: null };
    expect(approve).toHaveBeenCalledExactlyOnceWith(call, expect.any(AbortSignal));
    expect(replies.get('r-ls')).toEqual({ behavior: 'allow', updatedInput: { command: 'ls' } });
    expect(approvals.settled()).toEqual([
      {
        id: 'toolu_1',
        tool: 'Bash',
        digest,
        decision: 'allowed',
        because: 'answered',
        by: 'ann',
        waitedMs: expect.any(Number),
      },
    ]);
  });

  it('has a digest of its own for each input', async () => {
    const { approvals, replies } = approvalsBy(() => ({ behavior: 'allow' }));
    for (const command of ['ls', 'rm']) approvals.ask(request(command));
    await vi.waitFor(() => expect(replies.size).toBe(2));
    const [one, other] = approvals.settled();
    expect(one?.digest).not.toBe(other?.digest);
  });

  it('is denied where it is nested too deeply to have one, and nobody is asked', async () => {
    const approve = vi.fn<Approver>(() => ({ behavior: 'allow' }));
    const { approvals, replies } = approvalsBy(approve);
    const { request: asked, ...rest } = request('ls');
    const deep: { command: string } = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    approvals.ask({ ...rest, request: { ...asked, input: deep } });
    await vi.waitFor(() => expect(replies.get('r-ls')).toMatchObject({ behavior: 'deny' }));
    expect(approve).not.toHaveBeenCalled();
    expect(approvals.open()).toBe(0);
  });

  it.each<{ name: string; approve: Approver; because: string }>([
    { name: 'that fails', approve: () => Promise.reject(new Error('gone')), because: 'failed' },
    {
      name: 'that throws',
      approve: () => {
        throw new Error('gone');
      },
      because: 'failed',
    },
    { name: 'that says nothing', approve: () => undefined as never, because: 'answered' },
    { name: 'that says anything else', approve: () => ({ behavior: 'yes' }) as never, because: 'answered' },
    { name: 'that says no', approve: () => ({ behavior: 'deny', message: 'not now' }), because: 'answered' },
  ])('is denied by somebody $name', async ({ approve, because }) => {
    const { approvals, replies } = approvalsBy(approve);
    approvals.ask(request('ls'));
    await vi.waitFor(() => expect(replies.get('r-ls')).toMatchObject({ behavior: 'deny' }));
    expect(approvals.settled()).toMatchObject([{ decision: 'denied', because }]);
  });

  it('is denied when nobody answers in time, and a later answer changes nothing', async () => {
    let answer = (): void => {};
    const { approvals, replies } = approvalsBy(
      (_, signal) =>
        new Promise((resolve) => {
          answer = () => resolve({ behavior: 'allow' });
          signal.addEventListener('abort', answer);
        }),
      5,
    );
    approvals.ask(request('ls'));
    await vi.waitFor(() => expect(replies.size).toBe(1));
    answer();
    expect(replies.get('r-ls')).toEqual({ behavior: 'deny', message: 'nobody answered in time' });
    expect(approvals.settled()).toMatchObject([{ decision: 'denied', because: 'timeout' }]);
  });

  it.each([
    {
      name: 'claude takes it back',
      end: (approvals: ReturnType<typeof createApprovals>) => approvals.withdraw('r-ls'),
    },
    { name: 'the run ends', end: (approvals: ReturnType<typeof createApprovals>) => approvals.end() },
  ])('is denied when $name', async ({ end }) => {
    const approve = vi.fn<Approver>(() => new Promise(() => {}));
    const { approvals, replies } = approvalsBy(approve);
    approvals.ask(request('ls'));
    await vi.waitFor(() => expect(approve).toHaveBeenCalledOnce());
    expect(approvals.open()).toBe(1);
    end(approvals);
    await vi.waitFor(() => expect(replies.size).toBe(1));
    expect(approvals.settled()).toMatchObject([{ decision: 'denied', because: 'withdrawn' }]);
    expect(approvals.open()).toBe(0);
  });
});
