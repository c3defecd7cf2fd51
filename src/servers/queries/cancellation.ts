import type { InterruptReason } from '../../outcome/classes.ts';
import type { Ending } from '../../sinks/sink.ts';
import type { CancellationReason } from '../caller.ts';
import { Refusal } from '../refusal.ts';
import type { QueryEnd } from '../observer.ts';

/** What a run is told when its query is given up; no other run is told so. */
export const INTERRUPTS = {
  cancelled: 'SIGINT',
  disconnected: 'reader_gone',
  shutdown: 'SIGTERM',
  lost: 'SIGTERM',
} as const satisfies Record<CancellationReason, InterruptReason>;

/** What the `reason` of a caller's signal means; anything else is a cancellation. */
export function cancellationReasonOf(reason: unknown): CancellationReason {
  return reason === 'disconnected' || reason === 'shutdown' || reason === 'lost' ? reason : 'cancelled';
}

/** What ended a run that was started: what came of itself, its time limit, or whoever gave it up before it was over. */
export function endOf({ evidence: { stoppedBy } }: Ending, cancellation: CancellationReason | null): QueryEnd['ended'] {
  if (cancellation !== null && stoppedBy === INTERRUPTS[cancellation]) return endedBy(cancellation);
  return stoppedBy === 'timeout' ? 'timeout' : 'finished';
}

/** What whoever gave a query up made of it. */
export function endedBy(cancellation: CancellationReason): QueryEnd['ended'] {
  return cancellation === 'lost' ? 'interrupted' : cancellation;
}

const REASONS: Record<CancellationReason, string> = {
  cancelled: 'the query was cancelled before it was started',
  disconnected: 'the client went away before the query was started',
  shutdown: 'the server shut down before the query was started',
  lost: 'before the query was started, this replica lost it: it is gone from what replicas share, or another one took it over',
};

/** Why a query that was given up is not carried out. */
export function givenUp(cancellation: CancellationReason): Refusal {
  return new Refusal('unavailable', REASONS[cancellation], { reason: cancellation });
}
