import { useState } from 'preact/hooks';
import type { PendingApproval, RemoteRun } from '../../client/client.ts';
import { failureText } from '../state/failure-text.ts';
import { plain } from '../text/plain.ts';

interface Props {
  readonly run: RemoteRun;
  readonly approvals: readonly PendingApproval[];
  readonly onAnswered: () => void;
}

/** Calls of tools that wait for somebody's answer. */
export function Approvals({ run, approvals, onAnswered }: Props) {
  return (
    <div class="approvals" role="alert">
      {approvals.map((approval) => (
        <Approval key={approval.approvalId} run={run} approval={approval} onAnswered={onAnswered} />
      ))}
    </div>
  );
}

interface ApprovalProps extends Pick<Props, 'run' | 'onAnswered'> {
  readonly approval: PendingApproval;
}

function Approval({ run, approval, onAnswered }: ApprovalProps) {
  const [isSent, setSent] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { approvalId, tool, shown, reason, digest } = approval;
  const title = `approval-${approvalId}`;

  async function answer(decision: 'allow' | 'deny'): Promise<void> {
    setSent(true);
    setFailure(null);
    try {
      await run.approve(approval, decision);
      onAnswered();
    } catch (error) {
      setFailure(failureText(error));
      setSent(false);
    }
  }

  return (
    <section class="approval" aria-labelledby={title}>
      <h2 id={title}>
        May claude call <bdi>{plain(tool)}</bdi>?
      </h2>
      {reason !== null && (
        <p class="hint">
          <bdi>{plain(reason)}</bdi>
        </p>
      )}
      <pre tabIndex={0} role="group" aria-label="The whole call">
        {plain(shown)}
      </pre>
      <p role="alert" class="failure">
        {failure}
      </p>
      <p class="line">
        <button type="button" disabled={isSent} onClick={() => void answer('deny')}>
          Deny
        </button>
        <button type="button" class="primary" disabled={isSent} onClick={() => void answer('allow')}>
          Allow this call
        </button>
        <span class="hint digest">{digest.slice(0, 16)}</span>
      </p>
    </section>
  );
}
