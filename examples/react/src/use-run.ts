import { useCallback, useEffect, useReducer, useState } from 'react';
import type { Client, Query } from 'sluice/client';
import { foldProgress, IDLE, type Progress, type Step } from './progress.ts';

export interface UsedRun extends Progress {
  /** Asks, in place of what was asked before. */
  ask(query: Query): void;
  /** Cancels the run; its ending is told as any. */
  cancel(): void;
  /** Forgets the run, which goes on. */
  forget(): void;
}

/** What was asked, as the tab keeps it. */
interface Asked {
  readonly query: Query;
  /** The name under which it is submitted: once, however often the page is loaded before there is an answer. */
  readonly key: string;
  /** Null until the gateway has said it. */
  readonly runId: string | null;
}

/**
 * One run on a gateway. A page that is loaded again goes on with it, from its first event, and so does one whose connection was
 * gone for a while.
 * @param client the same one each time: make it outside of components, or memoize it
 * @param place where the tab keeps what was asked
 */
export function useRun(client: Client, place = 'sluice.run'): UsedRun {
  const [asked, setAsked] = useState<Asked | null>(() => kept(place));
  const [progress, tell] = useReducer(foldProgress, IDLE);

  useEffect(() => {
    if (asked === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(asked));
  }, [place, asked]);

  const key = asked?.key;
  useEffect(() => {
    const now = kept(place);
    if (key === undefined || now?.key !== key) return undefined;
    const left = new AbortController();
    const told = (step: Step): void => void (left.signal.aborted || tell(step));
    told({ kind: 'asked' });
    follow(client, now, left.signal, told, (runId) => setAsked({ ...now, runId })).catch((error: unknown) =>
      told({ kind: 'failed', error }),
    );
    return () => left.abort();
  }, [client, place, key]);

  const runId = asked?.runId ?? null;
  return {
    ...progress,
    ask: useCallback((query) => setAsked({ query, key: crypto.randomUUID(), runId: null }), []),
    cancel: useCallback(() => {
      if (runId === null) return;
      client
        .run(runId)
        .cancel()
        .catch((error: unknown) => tell({ kind: 'failed', error }));
    }, [client, runId]),
    forget: useCallback(() => {
      setAsked(null);
      tell({ kind: 'forgotten' });
    }, []),
  };
}

/** Tells all steps of a run, to where it is once there are no more. */
async function follow(
  client: Client,
  { query, key, runId }: Asked,
  signal: AbortSignal,
  tell: (step: Step) => void,
  onRun: (runId: string) => void,
): Promise<void> {
  const run = runId === null ? await client.submit(query, { key, signal }) : client.run(runId);
  if (runId === null && !signal.aborted) onRun(run.runId);
  for await (const item of run.events({ signal })) tell(item);
  tell({ kind: 'over', view: await run.view() });
}

function kept(place: string): Asked | null {
  const text = sessionStorage.getItem(place);
  return text === null ? null : (JSON.parse(text) as Asked);
}
