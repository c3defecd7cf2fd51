import { charsKept } from '../request/kept.ts';
import type { RunRequest } from '../request/run-request.ts';
import { deliver, type Play } from '../sinks/deliver.ts';
import type { Ending, Sink } from '../sinks/sink.ts';
import { openSpillFile } from '../sinks/backlog/spill-file.ts';
import { createTruncator, type Truncator } from '../stream/truncate.ts';
import { type Given, given } from './given.ts';
import type { Host } from './host.ts';
import { type Stop, stopOf } from './stop.ts';

/** Carries out a run, with a claude of this machine or elsewhere, from what is asked to how it ended. */
export type Perform = (asked: Given, truncator: Truncator, stop: Stop) => Play;

/** Has a run carried out, and its events delivered. Nothing is thrown. */
export async function conduct(
  perform: Perform,
  request: RunRequest,
  sinks: readonly Sink[] = [],
  host: Host = {},
): Promise<Ending> {
  const broken = new AbortController();
  const asked = given(request, sinks, host);
  const truncator = createTruncator(charsKept(asked.request));
  const stop = stopOf(asked.request, broken.signal, asked.host.signal);
  try {
    return await deliver(perform(asked, truncator, stop), truncator.clip, asked.sinks, {
      signal: stop.signal,
      stop: (failure) => broken.abort(failure),
      openSpill: openSpillFile,
    });
  } finally {
    stop.forget();
  }
}
