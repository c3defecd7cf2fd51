import type { Entry as ListedRun, View } from '../client/client.ts';
import { isRecord } from '../is-record.ts';
import type { Report } from '../outcome/report-schema.ts';
import type { Bounds } from './timeline/spans.ts';

/** What is told of a run above its transcript. Times are milliseconds since the epoch. */
export interface RunFacts extends Bounds {
  readonly runId: string | null;
  readonly sessionId: string | null;
  /** What was asked; null where that is not known, as of a recording. */
  readonly prompt: string | null;
  /** The names of the files that were sent along. */
  readonly attachments: readonly string[];
  readonly state: ListedRun['state'];
  /** How it ended, in one word; null until then. */
  readonly class: string | null;
  /** The same in a line. */
  readonly message: string | null;
  readonly warnings: readonly string[];
  /** Dollars, by claude's own estimate; null until it is known. */
  readonly costUsd: number | null;
  readonly turns: number | null;
  /** All tokens, those of the cache too. */
  readonly tokens: number | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** The facts of a run on a gateway. */
export function factsOfView(view: View): RunFacts {
  const { runId, sessionId, state, labels, costUsd, turns, tokens, bundle, error, request } = view;
  return {
    runId,
    sessionId,
    ...askedIn(request),
    state,
    class: view.class,
    message: bundle?.outcome.message ?? error?.message ?? null,
    warnings: bundle?.outcome.warnings ?? [],
    costUsd,
    turns,
    tokens: tokens === null ? null : sumOf(tokens),
    labels,
    receivedAt: timeOf(view.receivedAt),
    startedAt: timeOf(view.startedAt),
    endedAt: timeOf(view.endedAt),
  };
}

/** What was asked, as a gateway keeps it: of files, the names. */
function askedIn(request: unknown): Pick<RunFacts, 'prompt' | 'attachments'> {
  if (!isRecord(request)) return { prompt: null, attachments: [] };
  const { prompt, attachments } = request;
  const files: readonly unknown[] = Array.isArray(attachments) ? attachments : [];
  return {
    prompt: typeof prompt === 'string' ? prompt : null,
    attachments: files.flatMap((file) => (isRecord(file) && typeof file['name'] === 'string' ? [file['name']] : [])),
  };
}

/** The facts of a run that is over, of which there is a report alone, and perhaps what was asked. */
export function factsOfReport(report: Report, prompt: string | null): RunFacts {
  const { runId, sessionId, outcome, totalCostUsd, numTurns, usage, startedAt, executionTime } = report;
  const begun = timeOf(startedAt);
  return {
    runId,
    sessionId,
    prompt,
    attachments: [],
    state: 'finished',
    class: outcome.class,
    message: outcome.message,
    warnings: outcome.warnings,
    costUsd: totalCostUsd,
    turns: numTurns,
    tokens: sumOf(usage),
    labels: {},
    receivedAt: null,
    startedAt: begun,
    endedAt: begun === null ? null : begun + executionTime,
  };
}

/** Whether nothing comes any more. */
export function isOver({ state }: Pick<RunFacts, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

function timeOf(time: string | null): number | null {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? null : ms;
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
