import type { Client, Entry } from '../../client/client.ts';
import { countOf, formatCost } from '../../sinks/pretty/format.ts';
import { isOver } from '../run-facts.ts';
import { LINKS } from '../state/route.ts';
import { useLook } from '../state/use-look.ts';
import { useTitle } from '../state/use-title.ts';
import { GoOnForm } from './go-on-form.tsx';
import { RunItem } from './run-item.tsx';

interface Props {
  readonly client: Client;
  readonly sessionId: string;
  readonly onUnauthorized: () => void;
}

/** As many as a list has at most. */
const RUNS = 500;

/** The runs of one session, in the order in which they were asked for, and how to go on. */
export function SessionPage({ client, sessionId, onUnauthorized }: Props) {
  useTitle(`Session ${sessionId.slice(0, 8)}`);
  const look = (signal: AbortSignal) => client.list({ sessionId, limit: RUNS, signal });
  const { value, failure } = useLook(look, onUnauthorized, [client, sessionId]);
  const runs = value?.queries.toReversed() ?? [];
  const isBusy = !runs.every(isOver);
  return (
    <section class="run" aria-labelledby="session-title" aria-busy={value === null && failure === null}>
      <div class="sessions">
        <h1 id="session-title">Session {sessionId.slice(0, 8)}</h1>
        <p class="figures">{value !== null && [countOf(runs.length, 'run'), formatCost(costOf(runs))].join(' · ')}</p>
        <p role="status" class="failure">
          {failure}
        </p>
        {value !== null && runs.length === 0 && <p class="empty">No run of this session is kept.</p>}
        <ul>
          {runs.map((run) => (
            <RunItem key={run.runId} run={run} isCurrent={false} />
          ))}
        </ul>
        {isBusy && <p class="hint">A run is under way; the session can be gone on with once it has ended.</p>}
        <p>
          <a href={LINKS.sessions}>All sessions</a>
        </p>
      </div>
      {runs.length > 0 && !isBusy && <GoOnForm client={client} sessionId={sessionId} onUnauthorized={onUnauthorized} />}
    </section>
  );
}

function costOf(runs: readonly Entry[]): number {
  return runs.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
}
