/** How a run ended, in one word. */
export type OutcomeClass = keyof typeof EXIT_CODES;

/** The exit code of every outcome class; the one table of them. */
export const EXIT_CODES = {
  success: 0,
  failed: 1,
  refused: 1,
  invalid_request: 1,
  prompt_too_long: 1,
  schema_unmet: 1,
  not_run: 1,
  usage: 2,
  claude_not_found: 3,
  auth: 4,
  billing: 4,
  max_turns: 5,
  max_budget: 5,
  crashed: 6,
  truncated: 6,
  denied: 7,
  incomplete: 7,
  findings: 7,
  internal: 70,
  output_error: 74,
  rate_limited: 75,
  overloaded: 75,
  api_error: 75,
  network: 75,
  locked: 75,
  timeout: 124,
  stalled: 124,
  interrupted: 130,
} as const;

/** All outcome classes, in the order of the table. */
export const OUTCOME_CLASSES = Object.keys(EXIT_CODES) as [OutcomeClass, ...OutcomeClass[]];

/** Why a run was interrupted, with the exit code that a shell expects for it; SIGINT's is the class's own. */
export const INTERRUPT_EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, reader_gone: 141 } as const;

export type InterruptReason = keyof typeof INTERRUPT_EXIT_CODES;

/** The classes that are worth running again later; all of them exit with 75 (EX_TEMPFAIL). */
export const RETRYABLE: ReadonlySet<OutcomeClass> = new Set([
  'rate_limited',
  'overloaded',
  'api_error',
  'network',
  'locked',
]);
