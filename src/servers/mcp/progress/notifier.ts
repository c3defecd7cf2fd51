import type { Notification, ServerContext } from '@modelcontextprotocol/server';
import { SluiceError } from '../../../errors.ts';
import { describeWait } from '../../../outcome/describe-wait.ts';

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
    if (wait !== undefined) await within(wait, stallMs, signal);
    signal.throwIfAborted();
    await within(notify(notification), stallMs, signal);
  };
}

async function within(wait: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  const end = new Promise<void>((_, reject) => {
    const stalled = new SluiceError('output_error', `the MCP client took nothing for ${describeWait(milliseconds)}`);
    timer = setTimeout(() => reject(stalled), milliseconds);
    onAbort = () => reject(new SluiceError('output_error', 'the request was given up'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([wait, end]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
