import { SluiceError } from '../errors.ts';
import type { StopReason } from './evidence.ts';
import { INTERRUPT_EXIT_CODES, type InterruptReason } from './classes.ts';

/** What the `reason` of an aborted signal means for a run; anything that sluice has no name for is an interrupt. */
export function stopReasonOf(reason: unknown): StopReason {
  if (reason instanceof SluiceError) return 'output_error';
  if (reason === 'timeout' || (reason instanceof DOMException && reason.name === 'TimeoutError')) return 'timeout';
  return isInterruptReason(reason) ? reason : 'SIGINT';
}

function isInterruptReason(reason: unknown): reason is InterruptReason {
  return typeof reason === 'string' && Object.hasOwn(INTERRUPT_EXIT_CODES, reason);
}
