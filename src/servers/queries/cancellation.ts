import type { InterruptReason } from '../../exit-codes.ts';
import type { Ending } from '../../sinks/sink.ts';
import type { Abandonment } from '../caller.ts';
import { Refusal } from '../refusal.ts';
import type { QueryEnd } from '../observer.ts';

/** What a run is told when its query is given up; no other run is told so. */
export const INTERRUPTS = {
  cancelled: 'SIGINT',
  disconnected: 'reader_gone',
  shutdown: 'SIGTERM',
} as const satisfies Record<Abandonment, InterruptReason>;

/** What the `reason` of a caller's signal means; anything else is a cancellation. */
export function abandonmentOf(reason: unknown): Abandonment {
  return reason === 'disconnected' || reason === 'shutdown' ? reason : 'cancelled';
}

/** What ended a run that was started: what came of itself, its time limit, or whoever gave it up before it was over. */
export function endOf({ evidence: { stoppedBy } }: Ending, abandonment: Abandonment | null): QueryEnd['ended'] {
  if (abandonment !== null && stoppedBy === INTERRUPTS[abandonment]) return abandonment;
  return stoppedBy === 'timeout' ? 'timeout' : 'finished';
}

const REASONS: Record<Abandonment, string> = {
  cancelled: 'the query was cancelled before it was started',
  disconnected: 'the client went away before the query was started',
  shutdown: 'the server shut down before the query was started',
};

/** Why a query that was given up is not carried out. */
export function givenUp(abandonment: Abandonment): Refusal {
  return new Refusal('unavailable', REASONS[abandonment], { reason: abandonment });
}
