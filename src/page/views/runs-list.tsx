import { useState } from 'preact/hooks';
import type { Client, RunState } from '../../client/client.ts';
import { type Filter, useRuns } from '../state/use-runs.ts';
import { RunItem } from './run-item.tsx';

interface Props {
  readonly client: Client;
  readonly current: string | null;
  /** Whether there is nothing else on the page. */
  readonly isAlone: boolean;
  readonly onUnauthorized: () => void;
}

const STATES: readonly RunState[] = ['queued', 'running', 'finished', 'refused', 'interrupted'];

/** Runs past and present, by which one comes to each. */
export function RunsList({ client, current, isAlone, onUnauthorized }: Props) {
  const [filter, setFilter] = useState<Filter>({});
  const { runs, hasMore, failure, more } = useRuns(client, filter, current, onUnauthorized);
  const Heading = isAlone ? 'h1' : 'h2';
  return (
    <nav class="runs" aria-labelledby="runs-title">
      <Heading id="runs-title">Runs</Heading>
      <FilterForm filter={filter} onFilter={setFilter} />
      <p role="status" class="failure">
        {failure}
      </p>
      {runs?.length === 0 && <p class="empty">{isEmpty(filter) ? 'No run yet.' : 'No run is like that.'}</p>}
      <ul>
        {runs?.map((run) => (
          <RunItem run={run} isCurrent={run.runId === current} />
        ))}
      </ul>
      {hasMore && (
        <button type="button" class="quiet" onClick={more}>
          Show more
        </button>
      )}
    </nav>
  );
}

function FilterForm({ filter, onFilter }: { readonly filter: Filter; readonly onFilter: (filter: Filter) => void }) {
  const set = (name: keyof Filter, value: string): void => {
    const { [name]: _, ...others } = filter;
    onFilter(value === '' ? others : { ...others, [name]: value });
  };
  return (
    <form class="filter" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <label>
        State
        <select onChange={({ currentTarget }) => set('state', currentTarget.value)}>
          <option value="">any</option>
          {STATES.map((state) => (
            <option value={state}>{state}</option>
          ))}
        </select>
      </label>
      <label>
        Since
        <input type="date" onChange={({ currentTarget }) => set('since', currentTarget.value)} />
      </label>
      <label>
        Label
        <input
          placeholder="team:search"
          onChange={({ currentTarget: { value } }) => set('label', /^[A-Za-z][\w.-]*:/.test(value) ? value : '')}
        />
      </label>
      <label>
        Session
        <input placeholder="id" onChange={({ currentTarget }) => set('sessionId', currentTarget.value.trim())} />
      </label>
    </form>
  );
}

function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}
