import type { Client, SessionList } from '../../client/client.ts';
import { countOf, formatCost } from '../../sinks/pretty/format.ts';
import { LINKS } from '../state/route.ts';
import { useLook } from '../state/use-look.ts';
import { useTitle } from '../state/use-title.ts';
import { plain } from '../text/plain.ts';
import { ago } from './ago.ts';
import { Badge } from './badge.tsx';

interface Props {
  readonly client: Client;
  readonly onUnauthorized: () => void;
}

/** How many sessions are listed, and of how many of the newest runs it is known what they were asked. */
const SESSIONS = 100;
const RUNS = 500;

/** The sessions of whoever asks, those used last first. */
export function SessionsPage({ client, onUnauthorized }: Props) {
  useTitle('Sessions');
  const { value, failure } = useLook((signal) => sessionsOf(client, signal), onUnauthorized, [client]);
  return (
    <section class="sessions" aria-labelledby="sessions-title">
      <h1 id="sessions-title">Sessions</h1>
      <p role="status" class="failure">
        {failure}
      </p>
      {value?.length === 0 && <p class="empty">No session yet: the first run begins one.</p>}
      <ul>
        {value?.map((session) => (
          <SessionItem key={session.sessionId} session={session} />
        ))}
      </ul>
    </section>
  );
}

type Session = SessionList['sessions'][number] & {
  /** What the last of its runs was asked; null where that is too long ago. */
  readonly prompt: string | null;
};

async function sessionsOf(client: Client, signal: AbortSignal): Promise<readonly Session[]> {
  const [{ sessions }, { queries }] = await Promise.all([
    client.sessions({ limit: SESSIONS, signal }),
    client.list({ limit: RUNS, signal }),
  ]);
  const asked = new Map(queries.map(({ runId, prompt }) => [runId, prompt]));
  return sessions.map((session) => ({ ...session, prompt: asked.get(session.lastRunId) ?? null }));
}

function SessionItem({ session }: { readonly session: Session }) {
  const { sessionId, prompt, runs, costUsd, lastAt, lastState } = session;
  return (
    <li>
      <a href={LINKS.session(sessionId)}>
        <bdi class="title">{plain(prompt ?? `Session ${sessionId.slice(0, 8)}`)}</bdi>
        <span class="line">
          {(lastState === 'running' || lastState === 'queued') && <Badge run={{ state: lastState, class: null }} />}
          <span class="figures">{[countOf(runs, 'run'), formatCost(costUsd), ago(lastAt)].join(' · ')}</span>
        </span>
      </a>
    </li>
  );
}
