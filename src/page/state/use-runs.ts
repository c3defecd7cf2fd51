import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client, Entry, ListOptions } from '../../client/client.ts';
import { failureText, isUnauthorized } from './failure-text.ts';

/** Which runs are listed. */
export type Filter = Pick<ListOptions, 'state' | 'sessionId' | 'label' | 'since' | 'until'>;

export interface ListedRuns {
  /** Null before they are known. */
  readonly runs: readonly Entry[] | null;
  readonly hasMore: boolean;
  readonly failure: string | null;
  readonly more: () => void;
}

const PAGE = 50;
/** Milliseconds between two looks. */
const LOOK_MS = 4_000;

/**
 * The runs of whoever asks, the newest first, as they are now.
 * @param current the run that is shown: another one may have just been begun
 */
export function useRuns(
  client: Client,
  filter: Filter,
  current: string | null,
  onUnauthorized: () => void,
): ListedRuns {
  const [{ runs, next }, setListed] = useState<{ runs: readonly Entry[] | null; next: string | null }>(NOTHING);
  const [failure, setFailure] = useState<string | null>(null);
  const lookNow = useRef(() => {});

  function fail(error: unknown): void {
    if (isUnauthorized(error)) onUnauthorized();
    else setFailure(failureText(error));
  }

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;

    async function look(): Promise<void> {
      if (document.visibilityState === 'hidden') return;
      const list = await client.list({ ...filter, limit: PAGE, signal });
      if (signal.aborted) return;
      setFailure(null);
      setListed((before) => withFirst(before, list.queries, list.next));
    }

    const lookOrFail = (lookNow.current = (): void =>
      void look().catch((error: unknown) => signal.aborted || fail(error)));
    setListed(NOTHING);
    const timer = setInterval(lookOrFail, LOOK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [client, JSON.stringify(filter)]);

  useEffect(() => lookNow.current(), [client, JSON.stringify(filter), current]);

  async function more(cursor: string): Promise<void> {
    const list = await client.list({ ...filter, limit: PAGE, cursor });
    setListed((before) => ({ runs: joined(before.runs ?? [], list.queries), next: list.next }));
  }

  return {
    runs,
    hasMore: next !== null,
    failure,
    more: () => void (next === null ? null : more(next).catch(fail)),
  };
}

const NOTHING = { runs: null, next: null };

/** The first page as it is now, before what is known of the others. */
function withFirst(
  before: { readonly runs: readonly Entry[] | null; readonly next: string | null },
  first: readonly Entry[],
  next: string | null,
) {
  if (before.runs === null || before.runs.length <= PAGE) return { runs: first, next };
  return { ...before, runs: joined(first, before.runs) };
}

function joined(some: readonly Entry[], others: readonly Entry[]): readonly Entry[] {
  const known = new Set(some.map(({ runId }) => runId));
  return [...some, ...others.filter(({ runId }) => !known.has(runId))];
}
