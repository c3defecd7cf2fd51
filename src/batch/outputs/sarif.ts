import { type Placed, placedFindings } from '../../sinks/ci/placed-findings.ts';
import { sarifDocument } from '../../sinks/ci/sarif.ts';
import type { Result } from './results.ts';
import type { Summary } from './summary.ts';

const GRAVEST_FIRST = ['error', 'warning', 'notice'];

/** The findings of all items as one document of SARIF 2.1.0, the gravest first. */
export function sarifOf(results: Iterable<Result>, { source, exitCode }: Summary, workspace: string): string {
  const findings: Placed[] = [];
  for (const result of results) findings.push(...(placedFindings(result, workspace)?.findings ?? []));
  const sorted = findings.toSorted(
    (one, other) => GRAVEST_FIRST.indexOf(one.level) - GRAVEST_FIRST.indexOf(other.level),
  );
  return sarifDocument({ id: source, findings: sorted, exitCode, why: null });
}
