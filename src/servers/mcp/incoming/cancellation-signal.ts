import { SdkError, SdkErrorCode } from '@modelcontextprotocol/server';
import type { CancellationReason } from '../../caller.ts';

/** A request's signal, with a {@link CancellationReason} for a reason in place of whatever the SDK or the client gave. */
export function cancellationSignal(request: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort(reasonOf(request));
  if (request.aborted) giveUp();
  else request.addEventListener('abort', giveUp, { once: true });
  return controller.signal;
}

/** A cancellation's reason is the client's own text, or nothing; only the SDK itself gives an error of this class. */
function reasonOf({ reason }: AbortSignal): CancellationReason {
  return reason instanceof SdkError && reason.code === SdkErrorCode.ConnectionClosed ? 'disconnected' : 'cancelled';
}
