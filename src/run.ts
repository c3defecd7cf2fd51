import { openSpillFile } from './sinks/backlog/spill-file.ts';
import type { RunEvent } from './messages/types.ts';
import { charsKept } from './request/kept.ts';
import type { RunRequest } from './request/run-request.ts';
import type { Host } from './run/host.ts';
import { conduct } from './run/conduct.ts';
import { perform } from './run/perform.ts';
import { given } from './run/given.ts';
import { stopOf } from './run/stop.ts';
import { deliver } from './sinks/deliver.ts';
import { createHandOver } from './sinks/hand-over.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { createTruncator } from './stream/truncate.ts';

export type { Approver, Decision, Host, Suspension, ToolCall } from './run/host.ts';
export type { RunRequest } from './request/run-request.ts';

/**
 * Runs claude and yields its events as they happen, redacted and clipped; returns how it ended. The run goes on while
 * the loop takes its time: events wait for it, most of them on disk. Leaving the loop early stops claude. Nothing is
 * thrown: whatever goes wrong is in the ending, an option that is not what it should be among it (`usage`).
 */
export async function* stream(request: RunRequest, host: Host = {}): AsyncGenerator<RunEvent, Ending, undefined> {
  const left = new AbortController();
  const asked = given(request, [], host);
  const stop = stopOf(asked.request, left.signal, asked.host.signal);
  const truncator = createTruncator(charsKept(asked.request));
  const play = perform(asked, truncator, stop);
  const handOver = createHandOver();
  const delivery = { stop() {}, openSpill: openSpillFile };
  const ended = deliver(play, truncator.clip, [handOver], delivery).finally(() => handOver.leave());
  // Whoever takes the last event learns of it.
  ended.catch(() => {});
  try {
    yield* handOver.events();
    return await ended;
  } finally {
    left.abort('reader_gone');
    handOver.leave();
    await ended;
    stop.forget();
  }
}

/**
 * Runs claude, gives every event to every sink, closes them, and tells how it ended. The run ends early when the first
 * sink fails; another one's failure is told at the end. Nothing is thrown:
 * whatever goes wrong is in the ending, an option that is not what it should be among it (`usage`).
 * @param sinks default: none
 */
export function run(request: RunRequest, sinks: readonly Sink[] = [], host: Host = {}): Promise<Ending> {
  return conduct(perform, request, sinks, host);
}
