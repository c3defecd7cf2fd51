import { useState } from 'preact/hooks';
import type { Client, Entry, RunState } from '../../client/client.ts';
import { formatCost, formatDuration } from '../../sinks/pretty/format.ts';
import { LINKS } from '../state/route.ts';
import { type Filter, useRuns } from '../state/use-runs.ts';
import { plain } from '../text/plain.ts';
import { Badge } from './badge.tsx';
import { ago } from './ago.ts';

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
  const { runs, hasMore, failure, more } = useRuns(client, filter, onUnauthorized);
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

function RunItem({ run, isCurrent }: { readonly run: Entry; readonly isCurrent: boolean }) {
  const { runId, prompt, receivedAt, startedAt, endedAt, costUsd, labels } = run;
  const ms = startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <li>
      <a href={LINKS.run(runId)} aria-current={isCurrent ? 'page' : undefined}>
        <bdi class="title">{plain(prompt ?? runId)}</bdi>
        <span class="line">
          <Badge run={run} />
          <span class="figures">
            {[ms === null ? null : formatDuration(ms), costUsd === null ? null : formatCost(costUsd), ago(receivedAt)]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </span>
        {Object.keys(labels).length > 0 && (
          <bdi class="labels">
            {plain(
              Object.entries(labels)
                .map(([name, value]) => `${name}:${value}`)
                .join('  '),
            )}
          </bdi>
        )}
      </a>
    </li>
  );
}

function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}
