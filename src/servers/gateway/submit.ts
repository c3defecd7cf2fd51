import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../../is-record.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import type { Caller } from '../caller.ts';
import { answerText, HttpRefusal } from '../http/answer.ts';
import type { OpenApprovals } from '../approvals/open-approvals.ts';
import type { AskOptions, Queries } from '../queries.ts';
import { Refusal } from '../refusal.ts';
import type { Attendance } from './attendance.ts';
import { callerOf, idempotencyKeyOf, prefersAsync, wantsFresh } from './headers-and-params.ts';
import { answerEvents } from './answer-events.ts';
import { goneSignal } from './gone.ts';
import { acceptedType } from './media-type.ts';
import { EVENT_STREAM, JSON_TYPE, NDJSON } from './operations.ts';

/** How a run is answered. */
export interface Submission {
  /** As it came. */
  readonly body: unknown;
  /** Whether the client waits for what it comes to. */
  readonly waits: boolean;
  /** Where calls of tools are put to people. */
  readonly approvals: OpenApprovals;
  readonly attendance: Attendance;
}

/** Submits a run, and answers with what its client likes best: the bundle, its events, or where to look. */
export async function answerSubmission(
  request: FastifyRequest,
  reply: FastifyReply,
  queries: Queries,
  { body, waits, approvals, attendance }: Submission,
): Promise<void> {
  const isAsync = !waits || prefersAsync(request);
  const type = isAsync ? JSON_TYPE : acceptedType(request.headers.accept, [JSON_TYPE, EVENT_STREAM, NDJSON]);
  const key = idempotencyKeyOf(request);
  const caller = callerOf(request);
  const options = {
    alone: true,
    isSent: true,
    fresh: wantsFresh(request),
    approve: approvals.ask,
    ...(key === undefined ? {} : { key }),
  };
  const { runId, isNew } = await submitted(queries, body, caller, options);
  const location = `/v1/queries/${runId}`;
  const stop = (): void => void queries.cancel(runId, caller, 'disconnected').catch(request.server.onFault);
  if (isAsync) {
    if (isNew && onDisconnectOf(body) === 'stop') attendance.require(runId, () => isActive(queries, runId) && stop());
    void reply
      .code(202)
      .headers({ location, ...(prefersAsync(request) ? { 'preference-applied': 'respond-async' } : {}) });
    const { state } = await queries.find(runId, caller);
    return answerText(reply, JSON_TYPE, `${escapeJson({ runId, state })}\n`);
  }
  const gone = goneSignal(reply.raw);
  // Another client of the same run may be there still.
  if (isNew && stopsWithItsClient(body, key)) onceGone(gone, stop);
  if (type !== JSON_TYPE) {
    const run = await queries.find(runId, caller);
    const asked = { approvals, attendance, run, caller, from: 1, type, gone, headers: { location } };
    return answerEvents(reply, queries, asked);
  }
  const { bundle } = await queries.result(runId, caller, gone);
  answerText(reply.headers({ location }), JSON_TYPE, `${escapeJson(bundle)}\n`);
}

async function submitted(queries: Queries, body: unknown, caller: Caller, options: AskOptions) {
  try {
    return await queries.submit(body, caller, options);
  } catch (error) {
    const isReused = error instanceof Refusal && error.details['reason'] === 'key_reused';
    throw isReused ? new HttpRefusal(error, { status: 422 }) : error;
  }
}

/** A client that sends an idempotency key may come back for the run. */
function stopsWithItsClient(body: unknown, key: string | undefined): boolean {
  const said = onDisconnectOf(body);
  return said === 'stop' || (said !== 'continue' && key === undefined);
}

/** Whether the run still goes on here: one that has ended may be forgotten already, and can't be cancelled then. */
function isActive(queries: Queries, runId: string): boolean {
  return queries.active().some((query) => query.runId === runId);
}

function onDisconnectOf(body: unknown): unknown {
  return isRecord(body) ? body['onDisconnect'] : undefined;
}

function onceGone(gone: AbortSignal, stop: () => void): void {
  if (gone.aborted) stop();
  else gone.addEventListener('abort', stop, { once: true });
}
