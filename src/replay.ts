import { randomUUID } from 'node:crypto';
import { asSluiceError, messageOf, SluiceError } from './errors.ts';
import { failOnOf } from './outcome/fail-on.ts';
import { stopReasonOf } from './outcome/stop-reason.ts';
import { charsKept } from './request/kept.ts';
import type { RunRequest } from './request/run-request.ts';
import { type Given, given } from './run/given.ts';
import type { Host } from './run/host.ts';
import { redactorOf } from './run/redactor-of.ts';
import { unlessStopped } from './run/stop.ts';
import { deliver, type Play } from './sinks/deliver.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { asBytes, type Chunks } from './stream/as-bytes.ts';
import { recordingEncoding } from './stream/recording-encoding.ts';
import { abortWith } from './system/abort-with.ts';
import { asUtf8 } from './system/as-utf8.ts';
import { begun } from './system/begun.ts';
import { isRecorded, readRecording } from './stream/read-recording.ts';
import { decode } from './stream/decode.ts';
import { readRun } from './stream/read-run.ts';
import { type Line, splitLines } from './stream/split-lines.ts';
import type { Batch } from './stream/stage.ts';
import { createTruncator, type Truncator } from './stream/truncate.ts';

/** What of a request has a meaning for a run that is over. */
export type ReplayRequest = Pick<
  RunRequest,
  'maxChars' | 'full' | 'noRedact' | 'failOn' | 'failOnDenied' | 'failOnFindings' | 'jsonSchema'
>;

/** What a replay needs of the program around it. */
export type ReplayHost = Pick<Host, 'runId' | 'env' | 'redactor' | 'signal' | 'nameOption'>;

/**
 * Sends a run that is over through the same pipeline and sinks: one of our recordings, or what claude printed with
 * `--output-format stream-json` (or `json`). Of the latter neither exit code nor stderr is known, so its outcome is
 * decided from the stream alone. Nothing is thrown: what can't be read, and an option that is not what it should be, is
 * in the ending.
 * @param chunks bytes or text: a stream of Node or of the web, any other iterable of pieces, or all of it at once
 * @param sinks default: none
 * @param signal ends it early; its `reason` may be an `InterruptReason`
 */
export async function replay(
  chunks: Chunks,
  request: ReplayRequest = {},
  sinks: readonly Sink[] = [],
  host: ReplayHost = {},
): Promise<Ending> {
  const over = new AbortController();
  const asked = given(request, sinks, host);
  const letGo = abortWith(over, [asked.host.signal]);
  const truncator = createTruncator(charsKept(asked.request));
  const play = perform(chunks, asked, truncator, over.signal);
  try {
    return await deliver(play, truncator.clip, asked.sinks, {
      signal: over.signal,
      stop: (failure) => over.abort(failure),
    });
  } finally {
    letGo();
  }
}

async function* perform(
  chunks: Chunks,
  { request, host, fault }: Given,
  truncator: Truncator,
  stopped: AbortSignal,
): Play {
  const startedAt = new Date();
  const bytes = begun(asBytes(chunks));
  const env = host.env ?? process.env;
  const failure = { fault };
  const fail = (error: unknown): void => {
    failure.fault ??= asSluiceError(error);
  };
  const redactor = await redactorOf(request, host, env).catch((error: unknown) => {
    fail(error);
    return redactorOf({}, {}, env);
  });
  const lines = splitLines(
    failure.fault === null ? untilStopped(asUtf8(bytes, recordingEncoding), stopped, fail) : nothing(),
  );
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
      fault: failure.fault && { code: failure.fault.code, message: failure.fault.told(host.nameOption) },
      nameOption: host.nameOption,
      asked: {
        schema: request.jsonSchema !== undefined,
        failOn: failOnOf(request),
        failOnFindings: request.failOnFindings,
      },
      endedAt: Date.now(),
    },
    { runId: host.runId ?? randomUUID(), startedAt: startedAt.toISOString(), executionTime: null, path: null },
  );
  return { ...outcome, report, clipped: truncator.clipped() };
}

/** Ends when it is told to, and where reading fails, so that what was read is shown and every sink is closed. */
async function* untilStopped(
  source: AsyncIterable<Uint8Array>,
  stopped: AbortSignal,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await unlessStopped(iterator.next(), stopped);
      if (step === null || step.done === true) return;
      yield step.value;
    }
  } catch (error) {
    onFailure(
      error instanceof SluiceError
        ? error
        : new SluiceError('usage', `chunks: they cannot be read: ${messageOf(error)}`, { cause: error }),
    );
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function* prepend(first: Batch<Line>, rest: AsyncIterable<Batch<Line>>): AsyncGenerator<Batch<Line>> {
  if (first.length > 0) yield first;
  yield* rest;
}
