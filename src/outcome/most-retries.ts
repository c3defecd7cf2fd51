import type { MessageOf } from '../messages/types.ts';

/**
 * How often an API call is tried again at most, of which claude says how often it would. A refused key is tried once
 * more, with a renewed login: after that nothing changes any more, and sluice ends it.
 */
export function mostRetries({
  error_status: status,
  max_retries: most,
}: Pick<MessageOf<'system', 'api_retry'>, 'error_status' | 'max_retries'>): number {
  return isRefusedKey(status) ? Math.min(1, most) : most;
}

/** Whether this status says that a key is not accepted. */
export function isRefusedKey(status: number | null): boolean {
  return status === 401 || status === 403;
}
