import { RETRYABLE } from '../../outcome/classes.ts';
import { dollars } from '../../outcome/dollars.ts';
import type { Tally } from '../progress/tally.ts';
import type { Store } from '../store.ts';

/** What became of a batch, as `--summary` writes it. */
export interface Summary {
  readonly schemaVersion: 1;
  /** Where the items are from. */
  readonly source: string;
  /** Where the results are. */
  readonly out: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly executionTime: number;
  /** Rows that were read; where a batch ended early, there may be more. */
  readonly rows: number;
  readonly done: number;
  /** How many of those were done by earlier starts. */
  readonly doneBefore: number;
  /** How many are not done, by outcome class, `uncertain`, `open` or `unreadable`. */
  readonly notDone: Readonly<Record<string, number>>;
  /** How many runs there were this time, those that were tried again included. */
  readonly runs: number;
  /** Tokens of those runs; input counts what the cache had, too. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  /** Dollars that those runs cost, by claude's own estimate. */
  readonly costUsd: number;
  /** The same with all earlier starts. */
  readonly totalCostUsd: number;
  readonly exitCode: number;
  /** Why it ended before its last item; null where it did not. */
  readonly endedEarly: string | null;
  /** Items that are not done, the first ten thousand of them. */
  readonly letters: Tally['letters'];
}

/** What a summary is made of, besides what was counted. */
export interface SummaryInput extends Pick<Summary, 'source' | 'out' | 'exitCode'> {
  readonly begun: Date;
  readonly why: string | null;
  readonly store: Pick<Store, 'journal'>;
}

/** @param mask makes a text one line without secrets */
export function summaryOf(
  tally: Tally,
  { source, out, begun, exitCode, why, store }: SummaryInput,
  mask: (text: string) => string,
): Summary {
  return {
    schemaVersion: 1,
    source: mask(source),
    out: mask(out),
    startedAt: begun.toISOString(),
    executionTime: Math.max(0, Date.now() - begun.getTime()),
    rows: tally.rows,
    done: tally.done + tally.doneBefore,
    doneBefore: tally.doneBefore,
    notDone: Object.fromEntries(tally.failed),
    runs: tally.runs,
    usage: { inputTokens: tally.tokens.input, outputTokens: tally.tokens.output },
    costUsd: dollars(tally.costUsd),
    totalCostUsd: dollars(store.journal.knowledge.costUsd),
    exitCode,
    endedEarly: why === null ? null : mask(why),
    letters: tally.letters.map((letter) => ({ ...letter, where: mask(letter.where), message: mask(letter.message) })),
  };
}

/** Whether there is something left, and all of it is worth another try. */
export function isWorthAnotherTry({ failed }: Pick<Tally, 'failed'>): boolean {
  return failed.size > 0 && [...failed.keys()].every((kind) => WORTH_ANOTHER.has(kind));
}

const WORTH_ANOTHER: ReadonlySet<string> = new Set(['open', ...RETRYABLE]);
