/** Loads the text of a template when it is needed. */
type Load = () => Promise<{ readonly default: string }>;

/** The templates that come with sluice, by name. Each is a file of Markdown in the folder beside this one. */
export const SHIPPED: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['log-triage', () => import('./shipped/log-triage.md?raw')],
  ['pr-review', () => import('./shipped/pr-review.md?raw')],
  ['commit-message', () => import('./shipped/commit-message.md?raw')],
  ['release-notes', () => import('./shipped/release-notes.md?raw')],
  ['flaky-tests', () => import('./shipped/flaky-tests.md?raw')],
  ['incident-timeline', () => import('./shipped/incident-timeline.md?raw')],
  ['dependency-risk', () => import('./shipped/dependency-risk.md?raw')],
]);
