import { isRecord } from '../../is-record.ts';
import type { Bundle } from '../../outcome/bundle.ts';
import type { RunEntry } from '../../runs/run-entry.ts';
import type { ActiveQuery } from '../active-query.ts';
import type { PendingApproval } from '../approvals/open-approvals.ts';
import { failureOf, refusalOf } from '../refusal.ts';
import { lineOf } from '../../shorten.ts';

/** A run as its caller sees it in a list. What only claude knows is what it has said so far. */
export function describeRun(run: RunEntry, active: readonly ActiveQuery[]) {
  const { runId, state, labels, receivedAt, startedAt, endedAt, ended, tokens, messages, asked } = run;
  const now = active.find((one) => one.runId === runId);
  return {
    runId,
    state,
    sessionId: run.sessionId ?? now?.sessionId ?? null,
    cwd: asked['cwd'] ?? null,
    prompt: beginningOf(asked['request']),
    labels,
    receivedAt,
    startedAt,
    endedAt,
    ended,
    class: run.class,
    costUsd: run.costUsd ?? now?.costUsd ?? null,
    turns: run.turns ?? now?.turns ?? null,
    tokens,
    messages,
    callback: run.callback,
    error: run.failure === null ? null : failureOf(refusalOf(run.failure)),
  };
}

/** UTF-16 units of a prompt that a list shows. */
const BEGINNING = 200;

/** How a prompt begins, on one line. */
function beginningOf(request: unknown): string | null {
  if (!isRecord(request) || typeof request['prompt'] !== 'string') return null;
  const { prompt } = request;
  const line = lineOf(prompt, BEGINNING);
  return prompt.length > BEGINNING ? `${line}…` : line;
}

/** What of a run is not in its entry. */
interface Rest {
  readonly bundle: Bundle | null;
  readonly approvals: readonly PendingApproval[];
}

/** The same with what was asked, what it came to, and what it waits for. */
export function describeWhole(run: RunEntry, { bundle, approvals }: Rest, active: readonly ActiveQuery[]) {
  return { ...describeRun(run, active), request: run.asked['request'] ?? null, bundle, approvals };
}
