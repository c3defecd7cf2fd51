import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createClient } from '../../client/client.ts';
import { LINKS, useRoute } from '../state/route.ts';
import { useNarrow } from '../state/use-narrow.ts';
import { NewRunForm } from './new-run-form.tsx';
import { RunPage } from './run-page.tsx';
import { RunsList } from './runs-list.tsx';
import { SessionPage } from './session-page.tsx';
import { SessionsPage } from './sessions-page.tsx';
import { SignIn } from './sign-in.tsx';

/** The page of a gateway. */
export function App({ url }: { readonly url: string }) {
  const route = useRoute();
  const isNarrow = useNarrow();
  const [token, setToken] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const client = useMemo(() => createClient(token === null ? { url } : { url, token }), [url, token]);
  const signOut = (): void => {
    setToken(null);
    // What was seen with the token is not to stay there.
    location.hash = LINKS.runs;
  };
  const onUnauthorized = useCallback(() => setAsked(true), []);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Whoever follows a link goes on from what it led to.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [route]);
  const shared = { client, onUnauthorized };
  const runs = <RunsList {...shared} current={route.view === 'run' ? route.runId : null} isAlone={isNarrow} />;
  return (
    <div class={`app at-${route.view}`}>
      <header class="bar">
        <a class="brand" href={LINKS.runs}>
          sluice
        </a>
        <a class="back" href={LINKS.runs}>
          ← Runs
        </a>
        <span class="grow" />
        <a href={LINKS.sessions} aria-current={route.view === 'sessions' ? 'page' : undefined}>
          Sessions
        </a>
        {token !== null && (
          <button type="button" class="quiet" onClick={signOut}>
            Sign out
          </button>
        )}
        <a class="button primary" href={LINKS.new}>
          New run
        </a>
      </header>
      {!isNarrow && runs}
      <main ref={main} tabIndex={-1}>
        {isNarrow && route.view === 'runs' && runs}
        {route.view === 'run' ? (
          <RunPage {...shared} runId={route.runId} />
        ) : route.view === 'sessions' ? (
          <SessionsPage {...shared} />
        ) : route.view === 'session' ? (
          <SessionPage {...shared} sessionId={route.sessionId} />
        ) : (
          <NewRunForm {...shared} isHidden={isNarrow && route.view === 'runs'} />
        )}
      </main>
      {isAsked && (
        <SignIn
          wasRefused={token !== null}
          onToken={(given) => {
            setToken(given);
            setAsked(false);
          }}
        />
      )}
    </div>
  );
}
