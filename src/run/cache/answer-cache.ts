import type { Report } from '../../outcome/report-schema.ts';
import type { RunEvent } from '../../messages/types.ts';

/** What a run said, and what it came to. All of it is redacted. */
export interface Answer {
  readonly events: readonly RunEvent[];
  readonly report: Report;
}

/** The answer of an earlier run. */
export interface KeptAnswer extends Answer {
  /** When it was kept, ISO 8601 in UTC. */
  readonly at: string;
}

/** Answers of earlier runs, by what was asked. */
export interface AnswerCache {
  /**
   * What was answered under a key. Where nothing was, it is this caller's turn to ask: others, of other processes too, wait
   * for it. A wait ends with the signal, and then it is this one's turn as well. Never rejects.
   * @param key `sha256:` and 64 hexadecimal digits
   */
  open(key: string, signal: AbortSignal): Promise<KeptAnswer | Turn>;
}

/** The right to ask; to be ended. */
export interface Turn {
  /**
   * Keeps what was answered. Never throws: what can't be kept is told to the operator.
   * @param instruction what was asked, redacted, for those who list answers
   */
  keep(answer: Answer, instruction: string): void;
  /** Lets others have their turn. Never rejects. */
  end(): Promise<void>;
}
