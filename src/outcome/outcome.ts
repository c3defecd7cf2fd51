import type { OutcomeClass } from './classes.ts';

/** The verdict on a run, decided from every signal there is. */
export interface Outcome {
  readonly class: OutcomeClass;
  /** What sluice exits with. */
  readonly exitCode: number;
  readonly retryable: boolean;
  /** Seconds to wait before a retry, where claude or the API said so. */
  readonly retryAfter?: number | undefined;
  /** One line for people: what happened and, where there is one, the next step. */
  readonly message: string;
  /** What went wrong without changing the class, such as a denied tool. */
  readonly warnings: readonly string[];
  /** The signals that the class was decided from. */
  readonly evidence: OutcomeEvidence;
}

/** The signals behind an outcome, as they were seen. */
export interface OutcomeEvidence {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly resultSubtype: string | null;
  readonly isError: boolean | null;
  readonly apiErrorStatus: number | null;
  readonly apiError: string | null;
  readonly terminalReason: string | null;
  readonly results: number;
  readonly tornTail: boolean;
  readonly stoppedBy: string | null;
}
