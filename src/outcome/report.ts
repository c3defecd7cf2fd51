import { finalText } from './answer.ts';
import type { Report } from './report-schema.ts';
import type { Evidence } from './evidence.ts';
import { type OutcomeClass, RETRYABLE } from './classes.ts';
import type { Outcome } from './outcome.ts';

/** What only the one who ran claude knows. */
export interface RunFacts {
  readonly runId: string;
  readonly startedAt: string;
  /** Milliseconds; null in a replay, where claude's own word is all there is. */
  readonly executionTime: number | null;
  /** The claude that ran; null in a replay. */
  readonly path: string | null;
  readonly redactions: Report['redactions'];
  /** What claude took of the machine; absent where that can't be told, and in a replay. */
  readonly resources?: { readonly cpuMs: number; readonly peakBytes: number | null } | null;
  /** The variables that tools did without; absent where all were theirs, and in a replay. */
  readonly withheld?: readonly string[] | undefined;
  /** What became of text that was too long; absent where none was, and in a replay. */
  readonly condensed?: Report['condensed'];
}

/** Endings after which a session can go on as it is, though nothing cut it short. */
const RESUMABLE: ReadonlySet<OutcomeClass> = new Set(['max_turns', 'max_budget', ...RETRYABLE]);

/** Classes that say so by themselves, whatever result there is. */
const CUT_SHORT: ReadonlySet<OutcomeClass> = new Set(['interrupted', 'truncated']);

interface ResumableEnding extends Pick<Outcome, 'class'> {
  readonly report: Pick<Report, 'sessionId' | 'partial'>;
}

/** The session that it makes sense to resume, if there is one; an id that a shell takes for a word and nothing else. */
export function resumableSession({ class: outcome, report }: ResumableEnding): string | null {
  const { sessionId, partial } = report;
  // What claude was stopped from is not to be gone on with.
  if (outcome === 'usage') return null;
  if (sessionId === null || !/^[\w-]+$/.test(sessionId)) return null;
  return partial || RESUMABLE.has(outcome) ? sessionId : null;
}

/** Everything there is to tell of a run but its messages. Every text in it must be redacted already. */
export function makeReport(evidence: Evidence, outcome: Outcome, run: RunFacts): Report {
  const { facts, exit, stderr } = evidence;
  const { result, init } = facts;
  const success = outcome.class === 'success';
  return {
    schemaVersion: 1,
    runId: run.runId,
    sessionId: facts.sessionId,
    startedAt: run.startedAt,
    executionTime: Math.max(0, run.executionTime ?? facts.last?.duration_ms ?? 0),
    partial: !success && (result === null || evidence.stoppedBy !== null || CUT_SHORT.has(outcome.class)),
    result: {
      success,
      summary: finalText(facts),
      ...(result?.structured_output === undefined ? {} : { structured: result.structured_output }),
      ...(success ? {} : { error: outcome.message }),
    },
    outcome: { ...outcome, warnings: [...outcome.warnings] },
    redactions: run.redactions,
    ...(run.condensed === undefined ? {} : { condensed: run.condensed }),
    usage: facts.usage,
    totalCostUsd: facts.costUsd,
    numTurns: facts.turns,
    modelUsage: facts.modelUsage,
    tools: facts.tools,
    permissionDenials: result?.permission_denials ?? [],
    ...(evidence.approvals === undefined ? {} : { approvals: [...evidence.approvals] }),
    claude: {
      version: init?.claude_code_version ?? null,
      path: run.path,
      model: init?.model ?? null,
      cwd: init?.cwd ?? null,
      permissionMode: init?.permissionMode ?? null,
      apiKeySource: init?.apiKeySource ?? null,
      cpuMs: run.resources?.cpuMs ?? null,
      peakMemoryBytes: run.resources?.peakBytes ?? null,
      ...(run.withheld === undefined ? {} : { withheld: [...run.withheld] }),
      exit: { code: exit?.code ?? null, signal: exit?.signal ?? null },
      stderr,
    },
    attempts: facts.attempts,
  };
}
