import { randomUUID } from 'node:crypto';
import { countOf, formatCount } from '../pretty/format.ts';
import type { Ending } from '../sink.ts';
import { placedFindings } from './placed-findings.ts';

/** What a run gives to the steps after it, by name; a number that is not known is empty. */
export function stepOutputs(ending: Ending, workspace: string, bundle: string | null): Record<string, string> {
  const { sessionId, totalCostUsd, usage, result } = ending.report;
  const placed = placedFindings(ending.report, workspace);
  const told =
    result.summary === '' && result.structured !== undefined ? JSON.stringify(result.structured) : result.summary;
  return {
    result: clipResult(told),
    outcome: ending.class,
    exitCode: String(ending.exitCode),
    sessionId: sessionId ?? '',
    cost: totalCostUsd === null ? '' : String(totalCostUsd),
    tokens: String(
      usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens + usage.outputTokens,
    ),
    findings: placed === null ? '' : String(placed.findings.length),
    bundle: bundle ?? '',
  };
}

/**
 * The lines of `$GITHUB_OUTPUT` that set values, whatever these hold: each ends with a delimiter that was drawn after them.
 * Source: `EnvFileKeyValuePairs` of actions/runner.
 */
export function githubOutputs(values: Readonly<Record<string, string>>): string {
  const delimiter = `ghadelimiter_${randomUUID()}`;
  return Object.entries(values)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join('');
}

/** UTF-16 units; GitHub takes 1 MiB for all outputs of a job, and counts two bytes for each. */
const MOST_OF_A_RESULT = 200_000;

function clipResult(text: string): string {
  if (text.length <= MOST_OF_A_RESULT) return text;
  const most = countOf(text.length, 'character');
  return `${text.slice(0, MOST_OF_A_RESULT)}\n[${formatCount(MOST_OF_A_RESULT)} of ${most}; the bundle has them all]`;
}
