import { randomUUID } from 'node:crypto';
import { SluiceError, messageOf } from './errors.ts';
import { redactorOf, MAX_CHARS, type RunOptions } from './run.ts';
import { deliver, type Play } from './sinks/deliver.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { isRecorded, readRecording } from './stream/read-recording.ts';
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
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const stop = { signal: signal ?? new AbortController().signal, stop: () => {} };
  return deliver(perform(chunks, options, truncator), truncator.clip, sinks, stop);
}

async function* perform(chunks: AsyncIterable<Uint8Array>, options: ReplayOptions, truncator: Truncator): Play {
  const startedAt = new Date();
  const redactor = await redactorOf(options.redact, options.env ?? process.env);
  const failure: { fault: SluiceError | null } = { fault: null };
  const lines = untilFailure(splitLines(chunks), (error) => {
    failure.fault =
      error instanceof SluiceError ? error : new SluiceError('internal', messageOf(error), { cause: error });
  });
  const start = await lines.next();
  const all = prepend(start.done === true ? [] : start.value, lines);
  const [first] = start.done === true ? [] : start.value;
  const reader =
    first !== undefined && isRecorded(first) ? readRecording(all, redactor) : readRun(all, redactor, () => {});
  yield* reader.events();
  const { outcome, report } = reader.conclude(
    {
      exit: null,
      stderr: '',
      stoppedBy: null,
      fault: failure.fault,
      asked: { schema: options.jsonSchema !== undefined, failOnDenied: options.failOnDenied === true },
      endedAt: Date.now(),
    },
    { runId: randomUUID(), startedAt: startedAt.toISOString(), executionTime: null, path: null },
  );
  return { ...outcome, report, clipped: truncator.clipped() };
}

/** Ends where reading fails, so that what was read is shown and every sink is closed. */
async function* untilFailure<Item>(
  source: AsyncIterable<Item>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Item, void, undefined> {
  try {
    yield* source;
  } catch (error) {
    onFailure(error);
  }
}

async function* prepend(first: Batch<Line>, rest: AsyncIterable<Batch<Line>>): AsyncGenerator<Batch<Line>> {
  if (first.length > 0) yield first;
  yield* rest;
}
