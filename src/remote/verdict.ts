import type { Outcome } from '../outcome/outcome.ts';
import type { Conclusion } from '../stream/read-run.ts';
import { emptyTally, type Tally } from '../stream/tally.ts';
import type { OutcomeClass } from '../outcome/classes.ts';
import type { Report } from '../outcome/report-schema.ts';

/** What a run that went well for its gateway may be for whoever asked: they may want more of it. */
const WANTING: ReadonlySet<OutcomeClass> = new Set(['denied', 'incomplete', 'findings', 'schema_unmet']);

/**
 * How a run ended that a gateway told the end of: as it says, but for why it was cancelled, which is ours to know, and for
 * what we ask of a success.
 * @param told by the gateway
 * @param ours the verdict on the same events, with what is known here
 */
export function verdictOf(told: Conclusion, ours: Conclusion): Conclusion {
  const wasCancelled = told.outcome.class === 'interrupted' && ours.outcome.evidence.stoppedBy !== null;
  const lacks = told.outcome.class === 'success' && WANTING.has(ours.outcome.class);
  return wasCancelled || lacks ? overruled(told, ours.outcome) : told;
}

function overruled({ outcome, report }: Conclusion, ours: Outcome): Conclusion {
  const { class: name, exitCode, retryable, message } = ours;
  const evidence = { ...outcome.evidence, stoppedBy: ours.evidence.stoppedBy };
  const verdict: Outcome = { ...outcome, class: name, exitCode, retryable, message, evidence };
  const result = { ...report.result, success: name === 'success', error: message };
  return { outcome: verdict, report: { ...report, outcome: { ...verdict, warnings: [...verdict.warnings] }, result } };
}

/** What is known here of a run, besides what its gateway tells. */
export interface Own {
  readonly warnings: readonly string[];
  /** What was masked before it was sent. */
  readonly masked: Tally;
  readonly condensed: Report['condensed'];
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** The same ending with that. */
export function withOwn({ outcome, report }: Conclusion, own: Own): Conclusion {
  const { condensed = report.condensed, retryAfter = outcome.retryAfter } = own;
  const warnings = [...new Set([...outcome.warnings, ...own.warnings])];
  const told: Outcome = { ...outcome, warnings, ...(retryAfter === undefined ? {} : { retryAfter }) };
  const input = together(report.redactions.input ?? emptyTally(), own.masked);
  return {
    outcome: told,
    report: {
      ...report,
      outcome: { ...told, warnings },
      redactions: { ...report.redactions, input },
      ...(condensed === undefined ? {} : { condensed }),
    },
  };
}

function together(one: Readonly<Tally>, other: Readonly<Tally>): Tally {
  const kinds = [...Object.keys(one.byKind), ...Object.keys(other.byKind)];
  const byKind = kinds.map((kind) => [kind, (one.byKind[kind] ?? 0) + (other.byKind[kind] ?? 0)] as const);
  return { total: one.total + other.total, byKind: Object.fromEntries(byKind) };
}
