import type { Conclusion } from '../../batch/batch.ts';
import { isWorthAnotherTry } from '../../batch/outputs/summary.ts';
import type { Tally } from '../../batch/progress/tally.ts';
import { messageOf } from '../../errors.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES, type InterruptReason } from '../../outcome/classes.ts';

/** How a batch ended. */
export interface BatchEnding {
  readonly exitCode: number;
  /** Why it ended before its last item; null: it did not. */
  readonly why: string | null;
}

/** What keeps a batch from its end comes first, then what is not done, then what was found. */
export function batchEnding(
  { fault, hopeless, isOverBudget }: Conclusion,
  tally: Pick<Tally, 'failed' | 'findings'>,
  signal: InterruptReason | null,
): BatchEnding {
  if (fault !== null) return { exitCode: EXIT_CODES[fault.code], why: `${fault.code}: ${messageOf(fault)}` };
  if (hopeless !== null)
    return {
      exitCode: hopeless.exitCode,
      why: `${hopeless.class}: ${hopeless.message}; no other item would do better, so none was begun`,
    };
  if (signal !== null)
    return { exitCode: INTERRUPT_EXIT_CODES[signal], why: `ended by ${signal}; start it again to go on` };
  if (isOverBudget) return { exitCode: EXIT_CODES.max_budget, why: 'the budget is spent; raise --budget to go on' };
  if (tally.failed.size > 0) return { exitCode: isWorthAnotherTry(tally) ? EXIT_CODES.rate_limited : 1, why: null };
  return { exitCode: tally.findings > 0 ? EXIT_CODES.findings : 0, why: null };
}
