import type { Notification, ServerContext } from '@modelcontextprotocol/server';
import { SluiceError } from '../../../errors.ts';
import { describeWait } from '../../../outcome/describe-wait.ts';
import { within } from '../../../system/bounded-wait.ts';

/**
 * Sends notifications of one request, each when the connection has room for it. Rejects when that takes longer than
 * `stallMs`, or when the request is given up.
 */
export type Notifier = (notification: Notification) => Promise<void>;

export function createNotifier(
  ctx: ServerContext,
  drained: ((ctx: ServerContext) => Promise<void> | undefined) | undefined,
  stallMs: number,
): Notifier {
  const { signal, notify } = ctx.mcpReq;
  return async (notification) => {
    const wait = drained?.(ctx);
    if (wait !== undefined) await sent(wait, stallMs, signal);
    signal.throwIfAborted();
    await sent(notify(notification), stallMs, signal);
  };
}

async function sent(wait: Promise<void>, stallMs: number, signal: AbortSignal): Promise<void> {
  const waited = await within(wait, { ms: stallMs, signal });
  if (waited.done) return;
  const why =
    waited.by === 'time' ? `the MCP client took nothing for ${describeWait(stallMs)}` : 'the request was given up';
  throw new SluiceError('output_error', why);
}
