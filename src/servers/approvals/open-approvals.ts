import { randomUUID } from 'node:crypto';
import type { Decision, ToolCall } from '../../run.ts';
import type { Awaitable } from '../../runs/any-runs.ts';

/** A call of a tool that somebody is asked about, as it is shown to those who may answer. */
export interface PendingApproval extends Pick<ToolCall, 'tool' | 'shown' | 'digest' | 'reason'> {
  readonly approvalId: string;
  readonly runId: string;
  /** When it was asked, ISO 8601 in UTC. */
  readonly askedAt: string;
}

/** What somebody says of a call that waits. */
export interface GivenAnswer {
  readonly decision: 'allow' | 'deny';
  /** That of the call that was shown: an answer is about that call and about no other. */
  readonly digest: string;
}

/** Whether an answer counts: there is such an approval, it is still open, and the answer is about its call. */
export type Verdict = 'counted' | 'not_found' | 'other_call';

/** Approvals that wait for an answer from elsewhere, each for one. */
export interface OpenApprovals {
  /** Puts a call to those who follow the run, and waits for its answer, or for the signal: then it is no. */
  ask(runId: string, call: ToolCall, signal: AbortSignal): Promise<Decision>;
  /** Answers one of a run; the first answer counts, and there is no such approval afterwards. @param by who answers */
  answer(runId: string, approvalId: string, given: GivenAnswer, by: string): Awaitable<Verdict>;
  /** Those of a run that are open, the oldest first. */
  of(runId: string): Awaitable<readonly PendingApproval[]>;
  /** Tells of each that is put from now on for a run; returns what ends that. */
  follow(runId: string, listener: (approval: PendingApproval) => void): () => void;
}

export function openApprovals(): OpenApprovals {
  const open = new Map<string, { readonly approval: PendingApproval; readonly settle: (decision: Decision) => void }>();
  const followers = new Set<(approval: PendingApproval) => void>();

  return {
    ask(runId, { tool, shown, digest, reason }, signal) {
      return new Promise((resolve) => {
        const approvalId = randomUUID();
        const approval = { approvalId, runId, tool, shown, digest, reason, askedAt: new Date().toISOString() };
        const settle = (decision: Decision): void => {
          open.delete(approvalId);
          signal.removeEventListener('abort', onAbort);
          resolve(decision);
        };
        const onAbort = (): void => settle({ behavior: 'deny', message: 'nobody answered in time' });
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        open.set(approvalId, { approval, settle });
        for (const follower of followers) follower(approval);
      });
    },
    answer(runId, approvalId, { decision, digest }, by) {
      const found = open.get(approvalId);
      if (found === undefined || found.approval.runId !== runId) return 'not_found';
      if (found.approval.digest !== digest) return 'other_call';
      found.settle(decision === 'allow' ? { behavior: 'allow', by } : { behavior: 'deny', by });
      return 'counted';
    },
    follow(runId, listener) {
      const follower = (approval: PendingApproval): void => {
        if (approval.runId === runId) listener(approval);
      };
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    of: (runId) => [...open.values()].map(({ approval }) => approval).filter((approval) => approval.runId === runId),
  };
}
