import type { ServerResponse } from 'node:http';
import type { CancellationReason } from '../caller.ts';

/** Comes when the client of an answer is gone before it has all of it, with `disconnected` for a reason. */
export function goneSignal(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const reason: CancellationReason = 'disconnected';
  const leave = (): void => {
    if (!res.writableFinished) gone.abort(reason);
  };
  if (res.closed) leave();
  else res.once('close', leave);
  return gone.signal;
}
