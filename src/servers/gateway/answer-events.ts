import type { FastifyReply } from 'fastify';
import { hasEnded, type KeptRun } from '../../runs/run-entry.ts';
import type { Caller } from '../caller.ts';
import type { OpenApprovals } from '../approvals/open-approvals.ts';
import type { Queries } from '../queries.ts';
import { failureOf, refusalOf } from '../refusal.ts';
import type { Attendance } from './attendance.ts';
import { streamRun, type Streamed } from './event-stream.ts';

export interface EventsAsked extends Pick<Streamed, 'type' | 'headers'> {
  /** As it was found for its caller. */
  readonly run: KeptRun;
  readonly caller: Caller;
  /** The id of the first one wanted. */
  readonly from: number;
  /** Ends the reading. */
  readonly gone: AbortSignal;
  readonly approvals: OpenApprovals;
  readonly attendance: Attendance;
}

/** Answers with the events of a run from one on, and what comes. */
export async function answerEvents(reply: FastifyReply, queries: Queries, asked: EventsAsked): Promise<void> {
  const { run, caller, from, gone, type, headers, approvals, attendance } = asked;
  const { runId, state } = run;
  const open = await approvals.of(runId);
  const items = await queries.events(runId, caller, from, gone);
  const leave = attendance.attend(runId);
  const streamed: Streamed = {
    type,
    headers,
    opening: { runId, state },
    open,
    follow: (listener) => approvals.follow(runId, listener),
    items,
    async failure() {
      const { failure } = hasEnded(run) ? run : await queries.find(runId, caller);
      return failure === null ? null : failureOf(refusalOf(failure));
    },
  };
  await streamRun(reply, streamed).finally(leave);
}
