import type { Report } from '../outcome/report-schema.ts';

/** Keeps account of what runs use, and lets none begin that there is nothing left for. */
export interface Budget {
  /**
   * Books a run that is about to start claude.
   * @throws SluiceError `max_budget` that says what is used and when there is some again
   */
  open(): Promise<Spending>;
}

/** A run that is booked; to be ended. */
export interface Spending {
  /** Writes down what it used. Never throws: what can't be written is told to the operator. */
  settle(report: Pick<Report, 'totalCostUsd' | 'usage'>): void;
  /** Takes back what was not settled. Never rejects. */
  end(): Promise<void>;
}
