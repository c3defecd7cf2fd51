import { useEffect, useState } from 'preact/hooks';

/** What is shown, as the part of the address behind # says, of which no server is told. */
export type Route =
  | { readonly view: 'runs' }
  | { readonly view: 'new' }
  | { readonly view: 'run'; readonly runId: string };

export const LINKS = {
  runs: '#/',
  new: '#/new',
  run: (runId: string) => `#/runs/${encodeURIComponent(runId)}`,
} as const;

/** Reads a part behind #; what leads nowhere leads to the runs. */
function routeOf(hash: string): Route {
  if (hash === LINKS.new) return { view: 'new' };
  const [, runId] = /^#\/runs\/([\da-f-]{36})$/.exec(hash) ?? [];
  return runId === undefined ? { view: 'runs' } : { view: 'run', runId };
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
