import { randomUUID } from 'node:crypto';
import { asSluiceError, type SluiceError } from './errors.ts';
import { MAX_CHARS } from './limits.ts';
import { stopReasonOf } from './messages/stop-reason.ts';
import type { RunOptions } from './run/options.ts';
import { redactorOf } from './run/redactor-of.ts';
import { deliver, type Play } from './sinks/deliver.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { isRecorded, readRecording } from './stream/read-recording.ts';
import { decode } from './stream/decode.ts';
import { readRun } from './stream/read-run.ts';
import { type Line, splitLines } from './stream/split-lines.ts';
import type { Batch } from './stream/stage.ts';
import { createTruncator, type Truncator } from './stream/truncate.ts';

/** What of a run's options has a meaning for one that is over. */
export type ReplayOptions = Pick<RunOptions, 'env' | 'maxChars' | 'redact' | 'failOnDenied' | 'jsonSchema'>;

/**
 * Sends a run that is over through the same pipeline and sinks: one of our recordings, or what claude printed with
 * `--output-format stream-json` (or `json`). Of the latter neither exit code nor stderr is known, so its outcome is
 * decided from the stream alone. Nothing is thrown: bytes that can't be read are in the ending.
 */
export async function replay(
  chunks: AsyncIterable<Uint8Array>,
  options: ReplayOptions,
  sinks: readonly Sink[],
  signal?: AbortSignal,
): Promise<Ending> {
  const broken = new AbortController();
  const stopped = signal === undefined ? broken.signal : AbortSignal.any([broken.signal, signal]);
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const play = perform(chunks, options, truncator, stopped);
  return deliver(play, truncator.clip, sinks, { signal: stopped, stop: (failure) => broken.abort(failure) });
}

async function* perform(
  chunks: AsyncIterable<Uint8Array>,
  options: ReplayOptions,
  truncator: Truncator,
  stopped: AbortSignal,
): Play {
  const startedAt = new Date();
  const env = options.env ?? process.env;
  const failure: { fault: SluiceError | null } = { fault: null };
  const fail = (error: unknown): void => {
    failure.fault ??= asSluiceError(error);
  };
  const redactor = await redactorOf(options.redact, env).catch((error: unknown) => {
    fail(error);
    return redactorOf({}, env);
  });
  const lines = splitLines(failure.fault === null ? untilStopped(chunks, stopped, fail) : nothing());
  const start = await lines.next();
  const all = prepend(start.done === true ? [] : start.value, lines);
  const [first] = start.done === true ? [] : start.value;
  const reader =
    first !== undefined && isRecorded(first) ? readRecording(all, redactor) : readRun(decode(all), redactor);
  yield* reader.events();
  const { outcome, report } = reader.conclude(
    {
      exit: null,
      stderr: '',
      stoppedBy: stopped.aborted ? stopReasonOf(stopped.reason) : null,
      fault: failure.fault,
      asked: { schema: options.jsonSchema !== undefined, failOnDenied: options.failOnDenied === true },
      endedAt: Date.now(),
    },
    { runId: randomUUID(), startedAt: startedAt.toISOString(), executionTime: null, path: null },
  );
  return { ...outcome, report, clipped: truncator.clipped() };
}

/** Ends when it is told to, and where reading fails, so that what was read is shown and every sink is closed. */
async function* untilStopped(
  source: AsyncIterable<Uint8Array>,
  stopped: AbortSignal,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = new Promise<null>((resolve) => {
    if (stopped.aborted) resolve(null);
    else stopped.addEventListener('abort', () => resolve(null), { once: true });
  });
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), end]);
      if (step === null || step.done === true) return;
      yield step.value;
    }
  } catch (error) {
    onFailure(error);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function* prepend(first: Batch<Line>, rest: AsyncIterable<Batch<Line>>): AsyncGenerator<Batch<Line>> {
  if (first.length > 0) yield first;
  yield* rest;
}
