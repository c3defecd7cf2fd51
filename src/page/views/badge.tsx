import type { RunFacts } from '../run-facts.ts';

type Look = 'live' | 'good' | 'bad' | 'warn' | 'idle';

/** How a run is, in a word and a colour. */
export function Badge({ run }: { readonly run: Pick<RunFacts, 'state' | 'class'> }) {
  const look = lookOf(run);
  return (
    <span class={`badge ${look}`}>
      <span class="dot" aria-hidden="true" />
      {wordOf(run)}
    </span>
  );
}

export function wordOf({ state, class: own }: Pick<RunFacts, 'state' | 'class'>): string {
  return (state === 'finished' ? (own ?? state) : state).replaceAll('_', ' ');
}

/** Classes that say what was to be expected rather than that something failed. */
const EXPECTED = ['interrupted', 'max_turns', 'max_budget', 'denied', 'incomplete', 'findings'];

function lookOf({ state, class: own }: Pick<RunFacts, 'state' | 'class'>): Look {
  if (state === 'queued') return 'idle';
  if (state === 'running') return 'live';
  if (state === 'interrupted') return 'warn';
  if (own === 'success') return 'good';
  return own !== null && EXPECTED.includes(own) ? 'warn' : 'bad';
}
