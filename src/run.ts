import { openSpillFile } from './sinks/spill-file.ts';
import { MAX_CHARS } from './limits.ts';
import type { RunEvent } from './messages/types.ts';
import type { RunOptions } from './run/options.ts';
import { perform } from './run/perform.ts';
import { stopOf } from './run/stop.ts';
import { deliver } from './sinks/deliver.ts';
import { createHandOver } from './sinks/hand-over.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { createTruncator } from './stream/truncate.ts';

export type { RunOptions, Suspension } from './run/options.ts';

/**
 * Runs claude and yields its events as they happen, redacted and clipped; returns how it ended. The run goes on while
 * the loop takes its time: events wait for it, most of them on disk. Leaving the loop early stops claude. Nothing is
 * thrown: whatever goes wrong is in the ending.
 * @param signal stops the run; its `reason` may be an `InterruptReason`
 */
export async function* stream(options: RunOptions, signal?: AbortSignal): AsyncGenerator<RunEvent, Ending, undefined> {
  const left = new AbortController();
  const stop = stopOf(options, left.signal, signal);
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const play = perform(options, truncator, stop);
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
 * sink fails; another one's failure is told at the end. Nothing is thrown.
 * @param signal stops the run; its `reason` may be an `InterruptReason`
 */
export async function run(options: RunOptions, sinks: readonly Sink[], signal?: AbortSignal): Promise<Ending> {
  const broken = new AbortController();
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const stop = stopOf(options, broken.signal, signal);
  const play = perform(options, truncator, stop);
  try {
    return await deliver(play, truncator.clip, sinks, {
      signal: stop.signal,
      stop: (failure) => broken.abort(failure),
      openSpill: openSpillFile,
    });
  } finally {
    stop.forget();
  }
}
