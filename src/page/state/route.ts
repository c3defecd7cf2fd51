import { useEffect, useState } from 'preact/hooks';

/** What is shown, as the part of the address behind # says, of which no server is told. */
export type Route =
  | { readonly view: 'runs' }
  | { readonly view: 'new' }
  | { readonly view: 'sessions' }
  | { readonly view: 'session'; readonly sessionId: string }
  | { readonly view: 'run'; readonly runId: string };

export const LINKS = {
  runs: '#/',
  new: '#/new',
  sessions: '#/sessions',
  session: (sessionId: string) => `#/sessions/${encodeURIComponent(sessionId)}`,
  run: (runId: string) => `#/runs/${encodeURIComponent(runId)}`,
} as const;

/** Reads a part behind #; what leads nowhere leads to the runs. */
function routeOf(hash: string): Route {
  if (hash === LINKS.new) return { view: 'new' };
  if (hash === LINKS.sessions) return { view: 'sessions' };
  const [, of, id] = /^#\/(runs|sessions)\/([\da-f-]{36})$/.exec(hash) ?? [];
  if (id === undefined) return { view: 'runs' };
  return of === 'runs' ? { view: 'run', runId: id } : { view: 'session', sessionId: id };
}

/** The route, now and whenever it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
