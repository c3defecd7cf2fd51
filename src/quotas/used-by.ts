import type { Report } from '../outcome/report-schema.ts';
import type { Used } from './book.ts';

/**
 * What a run used. Tokens are counted as the API's own limits count them: those read from a cache are not. Dollars are
 * not known where claude was cut off before it told them.
 */
export function usedBy({ totalCostUsd, usage }: Pick<Report, 'totalCostUsd' | 'usage'>): Used {
  const { inputTokens, outputTokens, cacheCreationInputTokens } = usage;
  const tokens = countable(inputTokens) + countable(outputTokens) + countable(cacheCreationInputTokens);
  return { usd: totalCostUsd === null ? (tokens === 0 ? 0 : null) : Math.max(0, totalCostUsd), tokens };
}

/** These are claude's word. */
function countable(tokens: number): number {
  return Number.isFinite(tokens) ? Math.max(0, Math.round(tokens)) : 0;
}

/** The same of a run whose process died: a cost that is not known is charged to nobody, who did not cause that. */
export function usedByDead(report: Pick<Report, 'totalCostUsd' | 'usage'> | null): Used {
  if (report === null) return { usd: 0, tokens: 0 };
  const { usd, tokens } = usedBy(report);
  return { usd: usd ?? 0, tokens };
}
