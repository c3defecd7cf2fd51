import * as z from 'zod';
import type { ApprovalBoard } from '../../runs/redis/approval-board.ts';
import { runsAway } from '../queries/refusing-runs.ts';
import type { GivenAnswer, OpenApprovals, PendingApproval } from './open-approvals.ts';

const approvalSchema = z.object({
  approvalId: z.uuid(),
  runId: z.uuid(),
  tool: z.string(),
  shown: z.string(),
  digest: z.string(),
  reason: z.string().nullable(),
  askedAt: z.string(),
});

const answerSchema = z.object({ decision: z.enum(['allow', 'deny']), digest: z.string(), by: z.string() });

/**
 * Approvals that any replica shows and answers. An answer from elsewhere counts as one from here does: for an approval that is
 * open, and about the call that was shown.
 * While the board can't be asked, whoever asks is refused as `unavailable`.
 * @param onFault told what could not be shared with the others, or learnt from them
 */
export function sharedApprovals(
  own: OpenApprovals,
  board: ApprovalBoard,
  onFault: (error: unknown) => void,
): OpenApprovals {
  board.onAnswer((runId, id, answer) => {
    const { data } = answerSchema.safeParse(answer);
    if (data !== undefined) void own.answer(runId, id, data, data.by);
  });

  async function asking<Value>(ask: () => Promise<Value>): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      onFault(error);
      throw runsAway();
    }
  }

  async function of(runId: string): Promise<readonly PendingApproval[]> {
    const here = await own.of(runId);
    if (here.length > 0) return here;
    const told = (await asking(() => board.of(runId))).flatMap(
      (approval) => approvalSchema.safeParse(approval).data ?? [],
    );
    return told.filter((approval) => approval.runId === runId).toSorted(byTime);
  }

  return {
    async ask(runId, call, signal) {
      let asked: PendingApproval | null = null;
      const unfollow = own.follow(runId, (approval) => (asked = approval));
      const answered = own.ask(runId, call, signal);
      unfollow();
      const approval: PendingApproval | null = asked;
      if (approval === null) return answered;
      const { approvalId } = approval;
      board.put(runId, approvalId, approval).catch(onFault);
      try {
        return await answered;
      } finally {
        board.remove(runId, approvalId).catch(onFault);
      }
    },
    async answer(runId, approvalId, given: GivenAnswer, by) {
      const verdict = await own.answer(runId, approvalId, given, by);
      if (verdict !== 'not_found') return verdict;
      const approval = (await of(runId)).find((one) => one.approvalId === approvalId);
      if (approval === undefined) return 'not_found';
      if (approval.digest !== given.digest) return 'other_call';
      return (await asking(() => board.answer(runId, approvalId, { ...given, by }))) ? 'counted' : 'not_found';
    },
    of,
    follow(runId, listener) {
      const told = new Set<string>();
      let isOver = false;
      const tell = (approval: PendingApproval): void => {
        if (isOver || told.has(approval.approvalId)) return;
        told.add(approval.approvalId);
        listener(approval);
      };
      const unfollow = own.follow(runId, tell);
      const look = (): void => void of(runId).then((approvals) => approvals.forEach(tell), onFault);
      const listening = board.follow(runId, look);
      // For those from before it was subscribed to.
      listening.then(look, onFault);
      return () => {
        isOver = true;
        unfollow();
        void listening.then((end) => end(), onFault);
      };
    },
  };
}

function byTime(one: PendingApproval, other: PendingApproval): number {
  return one.askedAt < other.askedAt ? -1 : 1;
}
