import { SluiceError } from '../../errors.ts';
import { NO_RECORDING } from '../../outcome/describe-ending.ts';
import { replay, type ReplayHost } from '../../replay.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Ending, Sink } from '../../sinks/sink.ts';
import type { OpenedRecording } from './open-recording.ts';

/**
 * {@link replay} for commands that are about a run, and not to end as it did.
 * @throws SluiceError `usage` for what is no recording, and what can't be read
 */
export async function replayOf(
  { bytes, name }: OpenedRecording,
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
  const isOne = ({ message }: Ending): boolean => unread === null && message !== NO_RECORDING;
  const ending = await replay(
    noting(),
    request,
    sinks.map((sink) => onceSure(sink, isOne)),
    host,
  );
  if (unread !== null) throw unread;
  if (!isOne(ending)) throw new SluiceError('usage', `${name}: ${ending.message}`);
  return ending;
}

/** The same sink, told nothing of what turns out to be no recording: what precedes claude's first message waits for that. */
function onceSure(sink: Sink, isOne: (ending: Ending) => boolean): Sink {
  let waiting: Parameters<Sink['write']>[0][] | null = [];

  async function begin(): Promise<void> {
    const events = waiting ?? [];
    waiting = null;
    for (const event of events) await sink.write(event);
  }

  return {
    ...sink,
    write(event) {
      if (waiting === null) return sink.write(event);
      waiting.push(event);
      return event.message.type === 'sluice' ? undefined : begin();
    },
    async close(ending) {
      if (waiting !== null && !isOne(ending)) return;
      await begin();
      await sink.close(ending);
    },
  };
}
