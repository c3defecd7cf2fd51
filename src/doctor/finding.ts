/** How much a finding matters: an `error` keeps runs from working, a `warning` may surprise, a `note` is good to know. */
export type Level = 'ok' | 'note' | 'warning' | 'error';

/** One thing that a check found. */
export interface Finding {
  readonly level: Level;
  /** What is so. */
  readonly what: string;
  /** Why it matters. */
  readonly why?: string;
  /** What to do about it, as a command where there is one. */
  readonly fix?: string;
}

/** A finding, with the check that made it. */
export interface Told extends Finding {
  readonly check: string;
}
