import { SluiceError } from '../../errors.ts';
import { NO_RECORDING } from '../../outcome/describe-ending.ts';
import { replay, type ReplayHost } from '../../replay.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Ending, Sink } from '../../sinks/sink.ts';

/**
 * {@link replay} for commands that are about a run, and not to end as it did.
 * @throws SluiceError `usage` for what is no recording, and what can't be read
 */
export async function replayOf(
  bytes: AsyncIterable<Uint8Array>,
  request: RunRequest,
  sinks: readonly Sink[],
  host: ReplayHost,
): Promise<Ending> {
  let unread: unknown = null;
  async function* noting(): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      unread = error;
      throw error;
    }
  }
  const ending = await replay(noting(), request, sinks, host);
  if (unread !== null) throw unread;
  if (ending.message === NO_RECORDING) throw new SluiceError('usage', ending.message);
  return ending;
}
