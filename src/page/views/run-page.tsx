import { useState } from 'preact/hooks';
import type { Client } from '../../client/client.ts';
import { factsOfView, isOver } from '../run-facts.ts';
import { failureText } from '../state/failure-text.ts';
import { LINKS } from '../state/route.ts';
import { useRun } from '../state/use-run.ts';
import { useTitle } from '../state/use-title.ts';
import { Approvals } from './approvals.tsx';
import { wordOf } from './badge.tsx';
import { GoOnForm } from './go-on-form.tsx';
import { RunView } from './run-view.tsx';

interface Props {
  readonly client: Client;
  readonly runId: string;
  readonly onUnauthorized: () => void;
}

/** A run on the gateway, as it goes on. */
export function RunPage({ client, runId, onUnauthorized }: Props) {
  const { model, version, view, approvals, failure, isLost, again } = useRun(client, runId, onUnauthorized);
  const [isCancelling, setCancelling] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = client.run(runId);
  const problem = refusal ?? failure;
  useTitle(`Run ${runId.slice(0, 8)}`);

  async function cancel(): Promise<void> {
    setCancelling(true);
    setRefusal(null);
    try {
      await run.cancel();
    } catch (error) {
      setRefusal(failureText(error));
    } finally {
      setCancelling(false);
      again();
    }
  }

  if (view === null) {
    return (
      <section class="run" aria-busy={problem === null}>
        <p class="empty" role="status">
          {problem ?? 'Looking for the run…'}
        </p>
      </section>
    );
  }
  const facts = factsOfView(view);
  const hasEnded = isOver(facts);
  const isRunning = model.transcript.open.size > 0;
  const doing = [...model.transcript.open.values()].at(-1)?.name;
  return (
    <RunView
      facts={facts}
      model={model}
      version={version}
      actions={
        <>
          {facts.sessionId !== null && <a href={LINKS.session(facts.sessionId)}>Session</a>}
          {hasEnded || (
            <button type="button" disabled={isCancelling} onClick={() => void cancel()}>
              {isCancelling ? 'Cancelling…' : 'Cancel run'}
            </button>
          )}
        </>
      }
    >
      <p role="status" class="visually-hidden">
        {`Run ${wordOf(facts)}${!hasEnded && isRunning ? `, in ${doing}` : ''}`}
      </p>
      <p role="status" class="failure">
        {problem === null && isLost && 'The gateway does not answer; it is asked again.'}
      </p>
      {problem !== null && (
        <p class="failure line" role="alert">
          {problem}
          <button type="button" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {approvals.length > 0 && <Approvals run={run} approvals={approvals} onAnswered={again} />}
      {hasEnded && facts.sessionId !== null && (
        <GoOnForm client={client} sessionId={facts.sessionId} onUnauthorized={onUnauthorized} />
      )}
    </RunView>
  );
}
